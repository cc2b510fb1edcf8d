package io.echopilot.failover.policy;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is wrong with the files that define services, as this replica reads them. */
@RestController
@RequestMapping("/api/v1/catalog")
class CatalogController {
  private final CatalogPublisher catalog;

  CatalogController(CatalogPublisher catalog) {
    this.catalog = catalog;
  }

  record CatalogStatus(boolean inForce, List<Problem> problems) {}

  @GetMapping
  CatalogStatus status() {
    List<Problem> problems = catalog.problems();
    return new CatalogStatus(problems.isEmpty(), problems);
  }
}
