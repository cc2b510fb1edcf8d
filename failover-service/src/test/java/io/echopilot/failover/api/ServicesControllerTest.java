package io.echopilot.failover.api;

import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.FailoverPhase;
import io.echopilot.events.FailoverStateEvent.FailoverState;
import io.echopilot.events.FailoverStateEvent.LocationStatus;
import io.echopilot.events.FailoverStateEvent.SiteStatus;
import io.echopilot.events.LocationId;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.TopicNames;
import io.echopilot.events.Vote;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;

class ServicesControllerTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private final StatusBoard board = new StatusBoard();
  private final WebTestClient client =
      WebTestClient.bindToController(new ServicesController(board)).build();

  @ParameterizedTest
  @EnumSource
  void aServiceIsToldWithAllThatIsKnown(FailoverPhase phase) {
    stands("checkout", phase);

    client
        .get()
        .uri("/api/v1/services/checkout")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .json(
            """
            {"service": "checkout", "revision": 4, "sequence": 12, "phase": "%s",
             "since": "2026-11-24T10:00:00Z",
             "route": {"site": "primary", "epoch": {"generation": 0, "counter": 2}, "decisionId": "d2"},
             "target": "fallback",
             "sites": [{"site": "primary", "vote": "down", "target": false,
                        "locations": [{"location": "here", "vote": "down", "failures": 3, "successes": 0,
                                       "finding": "connection refused"}],
                        "notes": ["latency is high"]}],
             "why": ["a rule"], "whyNotYet": ["a reason"],
             "nextDeadline": "2026-11-24T10:00:05Z"}
            """
                .formatted(phase.value()),
            JsonCompareMode.STRICT);
  }

  @Test
  void allServicesAreToldInOrderOfTheirNames() {
    stands("checkout", FailoverPhase.STEADY);
    stands("basket", FailoverPhase.HELD);

    client
        .get()
        .uri("/api/v1/services")
        .exchange()
        .expectBody()
        .jsonPath("$[0].service")
        .isEqualTo("basket")
        .jsonPath("$[1].service")
        .isEqualTo("checkout");
  }

  @Test
  void noServicesAreAnEmptyList() {
    client.get().uri("/api/v1/services").exchange().expectBody().json("[]");
  }

  @Test
  void aRemovedServiceIsGone() {
    stands("checkout", FailoverPhase.STEADY);
    board.removed("checkout");

    client.get().uri("/api/v1/services/checkout").exchange().expectStatus().isNotFound();
  }

  @Test
  void whatCannotBeReadChangesNothing() {
    stands("checkout", FailoverPhase.STEADY);
    board.unreadable("checkout", "garbage");

    client.get().uri("/api/v1/services/checkout").exchange().expectStatus().isOk();
  }

  @Test
  void anUnknownServiceIsAProblemThatSaysWhatToDo() {
    client
        .get()
        .uri("/api/v1/services/nothing")
        .exchange()
        .expectStatus()
        .isNotFound()
        .expectHeader()
        .contentType("application/problem+json")
        .expectBody()
        .jsonPath("$.detail")
        .isEqualTo("no service nothing; GET /api/v1/services lists them");
  }

  private void stands(String service, FailoverPhase phase) {
    board.updated(
        new FailoverState(
            new ServiceId(service),
            4,
            12,
            phase,
            NOW,
            new Route(new SiteId("primary"), new Epoch(0, 2), new DecisionId("d2")),
            new SiteId("fallback"),
            List.of(
                new SiteStatus(
                    new SiteId("primary"),
                    Vote.DOWN,
                    false,
                    List.of(
                        new LocationStatus(
                            new LocationId("here"), Vote.DOWN, 3, 0, "connection refused")),
                    List.of("latency is high"))),
            List.of("a rule"),
            List.of("a reason"),
            NOW.plusSeconds(5)),
        new RecordPosition(TopicNames.FAILOVER_STATE, 0, 0),
        Instant.EPOCH);
  }
}
