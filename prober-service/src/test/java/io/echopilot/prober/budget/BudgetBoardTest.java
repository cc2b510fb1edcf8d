package io.echopilot.prober.budget;

import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.SloEvent.Day;
import io.echopilot.events.SloEvent.SloStatus;
import io.echopilot.events.SloEvent.State;
import io.echopilot.events.SloId;
import io.echopilot.starter.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The board, and what {@code /healthz/strict} makes of it. */
class BudgetBoardTest {
  private static final Instant NOW = Instant.parse("2026-11-28T03:00:00Z");

  private final ManualClock clock = new ManualClock(NOW);
  private final BudgetBoard board = new BudgetBoard();
  private final WebTestClient web =
      WebTestClient.bindToController(new StrictHealthController(board, clock)).build();

  @Test
  void withoutDataItIsUnavailable() {
    asks("shop", 503, "no-data");

    board.take(status("primary", State.NO_DATA, 1, NOW));
    asks("shop", 503, "no-data");
  }

  @Test
  void withMoreThanAFifthOfEachBudgetLeftAllIsWell() {
    board.take(status("primary", State.OK, 0.21, NOW));
    board.take(status("fallback", State.NO_DATA, 0, NOW));
    asks("shop", 200, "ok");
  }

  @Test
  void onceFourFifthsOfABudgetAreUsedItIsNot() {
    board.take(status("primary", State.OK, 1, NOW));
    board.take(status("fallback", State.OK, 0.2, NOW));
    asks("shop", 500, "budget-used");

    board.take(status("fallback", State.OK, 0.5, NOW.minusSeconds(1)));
    asks("shop", 500, "budget-used");
    board.take(status("fallback", State.OK, 0.5, NOW.plusSeconds(60)));
    asks("shop", 200, "ok");
  }

  @Test
  void whatWasSaidTooLongAgoIsNoData() {
    board.take(status("primary", State.OK, 1, NOW));
    clock.advance(BudgetBoard.OLD.plus(Duration.ofSeconds(1)));
    asks("shop", 503, "no-data");
  }

  @Test
  void aNameThatCannotBeOneIsToldSo() {
    web.get().uri("/healthz/strict?service=Not A Name").exchange().expectStatus().isBadRequest();
    web.get().uri("/healthz/strict").exchange().expectStatus().isBadRequest();
  }

  private void asks(String service, int status, String word) {
    web.get()
        .uri("/healthz/strict?service={service}", service)
        .exchange()
        .expectStatus()
        .isEqualTo(status)
        .expectBody()
        .jsonPath("$.status")
        .isEqualTo(word)
        .jsonPath("$.service")
        .isEqualTo(service);
  }

  private static SloStatus status(String site, State state, double left, Instant at) {
    return new SloStatus(
        new ServiceId("shop"),
        new SiteId(site),
        new SloId("availability"),
        state,
        99.9,
        Duration.ofDays(30),
        left,
        0,
        null,
        new Day(LocalDate.parse("2026-11-28"), 0, 0),
        at);
  }
}
