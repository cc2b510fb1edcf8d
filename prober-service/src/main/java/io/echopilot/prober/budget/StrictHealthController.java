package io.echopilot.prober.budget;

import io.echopilot.events.ServiceId;
import io.echopilot.events.SloEvent.SloStatus;
import io.echopilot.events.SloEvent.State;
import java.time.Clock;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Health as the runbook's {@code /healthz/strict} has it: by what is left of the budgets. */
@RestController
class StrictHealthController {
  /** Of a budget; with less left a service is called unhealthy. */
  private static final double LEAST = 0.2;

  private final BudgetBoard board;
  private final Clock clock;

  StrictHealthController(BudgetBoard board, Clock clock) {
    this.board = board;
    this.clock = clock;
  }

  /**
   * How a service fares.
   *
   * @param status {@code ok}, {@code budget-used} or {@code no-data}
   * @param budgets what is known of each, of this minute or the two before
   */
  record Health(ServiceId service, String status, List<SloStatus> budgets) {}

  /** 200 when all is well; 500 once 80 % of an error budget is used; 503 without data. */
  @GetMapping("/healthz/strict")
  ResponseEntity<Health> strict(@RequestParam(defaultValue = "") String service) {
    ServiceId id = id(service);
    List<SloStatus> budgets = board.of(id, clock.instant());
    List<SloStatus> known =
        budgets.stream().filter(budget -> budget.state() != State.NO_DATA).toList();
    if (known.isEmpty()) {
      return answer(HttpStatus.SERVICE_UNAVAILABLE, new Health(id, "no-data", budgets));
    }
    boolean used = known.stream().anyMatch(budget -> budget.budgetLeft() <= LEAST);
    return used
        ? answer(HttpStatus.INTERNAL_SERVER_ERROR, new Health(id, "budget-used", budgets))
        : answer(HttpStatus.OK, new Health(id, "ok", budgets));
  }

  private static ServiceId id(String text) {
    try {
      return new ServiceId(text);
    } catch (IllegalArgumentException e) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
    }
  }

  private static ResponseEntity<Health> answer(HttpStatus status, Health health) {
    return ResponseEntity.status(status).body(health);
  }
}
