package io.echopilot.failover.api;

import io.echopilot.events.FailoverStateEvent.FailoverState;
import java.util.Collection;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where services stand and why. */
@RestController
@RequestMapping("/api/v1/services")
class ServicesController {
  private final StatusBoard board;

  ServicesController(StatusBoard board) {
    this.board = board;
  }

  @GetMapping
  Collection<FailoverState> all() {
    return board.all();
  }

  @GetMapping("/{service}")
  ResponseEntity<?> one(@PathVariable String service) {
    return board
        .of(service)
        .<ResponseEntity<?>>map(ResponseEntity::ok)
        .orElseGet(() -> ResponseEntity.of(unknown(service)).build());
  }

  private static ProblemDetail unknown(String service) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.NOT_FOUND, "no service %s; GET /api/v1/services lists them".formatted(service));
  }
}
