package io.echopilot.alert.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.AnomalyEvent;
import io.echopilot.events.AnomalyEvent.AnomalyCleared;
import io.echopilot.events.AnomalyEvent.AnomalyDetected;
import io.echopilot.events.AnomalyKind;
import io.echopilot.events.EventJson;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.Incident;
import io.echopilot.events.IncidentEvent;
import io.echopilot.events.IncidentLevel;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.SiteId;
import io.echopilot.events.TopicNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnomalyRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-28T03:00:00Z");

  private final Decisions checkout = new Decisions("checkout");
  private final List<IncidentEvent> told = new ArrayList<>();
  private ServiceIncidents incidents = ServiceIncidents.NONE;
  private long offset;

  @Test
  void anAnomalyAloneIsATicketUntilItIsOver() {
    happens(detected("latency"), cleared("latency"));

    assertThat(names()).containsExactly("IncidentOpened", "IncidentResolved");
    Incident opened = told.getFirst().incident();
    assertThat(opened.id().value()).isEqualTo("checkout-anomaly-1");
    assertThat(opened.level()).isEqualTo(IncidentLevel.DEGRADED);
    assertThat(opened.title()).isEqualTo("health.latency of primary is not as usual");
    assertThat(opened.entries().getFirst().text())
        .isEqualTo("at primary health.latency is far above what is usual");
    assertThat(last().entries().getLast().text())
        .isEqualTo("health.latency of primary is as usual again");
    assertThat(incidents).isEqualTo(ServiceIncidents.NONE);
  }

  @Test
  void manyAreOneTicketUntilTheLastIsOver() {
    happens(detected("latency"), detected("errors"), detected("errors"));
    incidents = throughJson(incidents);
    happens(cleared("latency"));
    assertThat(last().title()).isEqualTo("still not as usual: health.errors of primary");

    happens(cleared("errors"));
    assertThat(names())
        .containsExactly(
            "IncidentOpened",
            "IncidentUpdated",
            "IncidentUpdated",
            "IncidentUpdated",
            "IncidentResolved");
  }

  @Test
  void duringAFailoverItIsToldInItsIncident() {
    decided(checkout.started(), checkout.completed());
    String title = last().title();
    IncidentLevel level = last().level();

    happens(detected("latency"));
    assertThat(last().id().value()).startsWith("checkout-failover-");
    assertThat(last().title()).isEqualTo(title);
    assertThat(last().level()).isEqualTo(level);
    assertThat(last().entries().getLast().text()).startsWith("at primary health.latency");

    int before = told.size();
    happens(cleared("latency"));
    assertThat(told).hasSize(before);
  }

  @Test
  void whatIsOverWithoutHavingBegunIsNoNews() {
    happens(cleared("latency"));

    assertThat(told).isEmpty();
  }

  private static ServiceIncidents throughJson(ServiceIncidents incidents) {
    return EventJson.mapper()
        .readValue(EventJson.mapper().writeValueAsBytes(incidents), ServiceIncidents.class);
  }

  private static AnomalyEvent detected(String name) {
    String series = "health." + name;
    return new AnomalyDetected(
        Decisions.CHECKOUT,
        new SiteId("primary"),
        series,
        900,
        10,
        20,
        AnomalyKind.SPIKE,
        series + " is far above what is usual",
        NOW);
  }

  private static AnomalyEvent cleared(String name) {
    return new AnomalyCleared(Decisions.CHECKOUT, new SiteId("primary"), "health." + name, NOW);
  }

  private void happens(AnomalyEvent... events) {
    for (AnomalyEvent event : events) {
      take(AnomalyRules.apply(incidents, event, NOW, position(TopicNames.ANOMALIES)));
    }
  }

  private void decided(FailoverEvent... events) {
    for (FailoverEvent event : events) {
      take(IncidentRules.apply(incidents, event, position(TopicNames.FAILOVER_EVENTS)));
    }
  }

  private RecordPosition position(String topic) {
    return new RecordPosition(topic, 0, ++offset);
  }

  private void take(IncidentRules.Outcome outcome) {
    incidents = outcome.incidents();
    told.addAll(outcome.events());
  }

  private Incident last() {
    return told.getLast().incident();
  }

  private List<String> names() {
    return told.stream().map(event -> event.getClass().getSimpleName()).toList();
  }
}
