package io.echopilot.alert.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.EventJson;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.Incident;
import io.echopilot.events.IncidentEvent;
import io.echopilot.events.IncidentLevel;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.SiteId;
import io.echopilot.events.SloEvent;
import io.echopilot.events.SloEvent.Level;
import io.echopilot.events.SloEvent.SloBreached;
import io.echopilot.events.SloEvent.SloRecovered;
import io.echopilot.events.SloId;
import io.echopilot.events.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BudgetRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-28T03:00:00Z");
  private static final SloId AVAILABILITY = new SloId("availability");
  private static final SloId LATENCY = new SloId("latency");

  private final Decisions checkout = new Decisions("checkout");
  private final List<IncidentEvent> told = new ArrayList<>();
  private ServiceIncidents incidents = ServiceIncidents.NONE;
  private long offset;

  @Test
  void aBudgetThatBurnsIsOneIncidentUntilItDoesNoMore() {
    happens(breach(null, AVAILABILITY, Level.PAGE), over(null, AVAILABILITY, Level.PAGE));

    assertThat(names()).containsExactly("IncidentOpened", "IncidentResolved");
    Incident opened = told.getFirst().incident();
    assertThat(opened.id().value()).isEqualTo("checkout-budget-1");
    assertThat(opened.level()).isEqualTo(IncidentLevel.PARTIAL_OUTAGE);
    assertThat(opened.title()).isEqualTo("the service uses up its error budget of availability");
    assertThat(opened.entries().getFirst().text())
        .isEqualTo(
            "the service burns its budget of availability at 20.0 times the even rate over 1h and"
                + " 5m; 14.4 is the limit; 97 % of it is left");
    assertThat(incidents).isEqualTo(ServiceIncidents.NONE);
  }

  @Test
  void aTicketIsLevelOne() {
    happens(breach(null, AVAILABILITY, Level.TICKET));

    assertThat(last().level()).isEqualTo(IncidentLevel.DEGRADED);
  }

  @Test
  void manyBudgetsAreOneIncidentAtTheLevelOfTheWorst() {
    happens(
        breach(null, AVAILABILITY, Level.TICKET),
        breach(new SiteId("primary"), LATENCY, Level.PAGE));
    assertThat(last().level()).isEqualTo(IncidentLevel.PARTIAL_OUTAGE);

    incidents = throughJson(incidents);
    happens(over(new SiteId("primary"), LATENCY, Level.PAGE));
    assertThat(last().level()).isEqualTo(IncidentLevel.DEGRADED);
    assertThat(last().title()).isEqualTo("still too fast: availability of the service (ticket)");

    happens(over(null, AVAILABILITY, Level.TICKET));
    assertThat(names())
        .containsExactly(
            "IncidentOpened", "IncidentUpdated", "IncidentUpdated", "IncidentResolved");
  }

  @Test
  void whatBurnsDuringAFailoverIsToldInItsIncident() {
    decided(checkout.started(), checkout.completed());
    String title = last().title();

    happens(breach(new SiteId("primary"), AVAILABILITY, Level.PAGE));

    assertThat(last().id().value()).startsWith("checkout-failover-");
    assertThat(last().title()).isEqualTo(title);
    assertThat(last().entries().getLast().text()).startsWith("primary burns its budget");

    int before = told.size();
    happens(over(new SiteId("primary"), AVAILABILITY, Level.PAGE));
    assertThat(told).hasSize(before);
  }

  @Test
  void aBreachThatIsToldAgainAddsNoIncident() {
    happens(
        breach(null, AVAILABILITY, Level.PAGE),
        breach(null, AVAILABILITY, Level.PAGE),
        over(null, AVAILABILITY, Level.PAGE));

    assertThat(names()).containsExactly("IncidentOpened", "IncidentUpdated", "IncidentResolved");
  }

  private static ServiceIncidents throughJson(ServiceIncidents incidents) {
    return EventJson.mapper()
        .readValue(EventJson.mapper().writeValueAsBytes(incidents), ServiceIncidents.class);
  }

  private static SloEvent breach(@Nullable SiteId site, SloId slo, Level level) {
    return new SloBreached(
        Decisions.CHECKOUT,
        site,
        slo,
        level,
        20,
        Duration.ofHours(1),
        Duration.ofMinutes(5),
        14.4,
        0.97,
        NOW);
  }

  private static SloEvent over(@Nullable SiteId site, SloId slo, Level level) {
    return new SloRecovered(Decisions.CHECKOUT, site, slo, level, NOW);
  }

  private void happens(SloEvent... events) {
    for (SloEvent event : events) {
      take(BudgetRules.apply(incidents, event, NOW, position(TopicNames.SLO_BREACHES)));
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
