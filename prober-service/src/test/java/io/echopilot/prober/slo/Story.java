package io.echopilot.prober.slo;

import io.echopilot.events.Outcome;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.Slo;
import io.echopilot.events.SloEvent;
import io.echopilot.events.SloEvent.Level;
import io.echopilot.events.SloEvent.SloBreached;
import io.echopilot.events.SloEvent.SloRecovered;
import io.echopilot.events.SloEvent.SloStatus;
import io.echopilot.events.SloId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Virtual time in which one location probes the primary, and each slot is looked at. */
final class Story {
  static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
  static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Budgets budgets;
  private final List<SloEvent> told = new ArrayList<>();
  private Instant now = START;

  Story(Slo... slos) {
    this(Calendar.EMPTY, slos);
  }

  Story(Calendar calendar, Slo... slos) {
    ServiceDefinition definition = Shop.promising(INTERVAL, List.of("here"), slos);
    budgets = new Budgets(definition, calendar);
  }

  Instant now() {
    return now;
  }

  /** One fate after the other, by number of the slot; null is a slot without a result. */
  Story go(Duration length, IntFunction<Outcome> fate) {
    long slots = length.dividedBy(INTERVAL);
    for (int i = 0; i < slots; i++) {
      Outcome outcome = fate.apply(i);
      Instant slot = now;
      now = now.plus(INTERVAL);
      if (outcome != null) {
        primary().count(Shop.result("here", slot, INTERVAL, outcome), now.toEpochMilli());
      }
      told.addAll(primary().changes(now.toEpochMilli()));
    }
    return this;
  }

  Story good(Duration length) {
    return go(length, _ -> Outcome.SUCCESS);
  }

  Story bad(Duration length) {
    return go(length, _ -> Outcome.FAILURE);
  }

  Story silent(Duration length) {
    return go(length, _ -> null);
  }

  /** Every so many slots one fails, the last of them. */
  Story oneIn(int slots, Duration length) {
    return go(length, i -> i % slots == slots - 1 ? Outcome.FAILURE : Outcome.SUCCESS);
  }

  Ledger primary() {
    return ledger("primary");
  }

  Ledger ledger(String site) {
    return budgets.ledgers().stream()
        .filter(ledger -> ledger.site() != null && ledger.site().value().equals(site))
        .findFirst()
        .orElseThrow();
  }

  SloStatus status(String slo) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return primary().statuses(now.toEpochMilli(), today).stream()
        .filter(status -> status.slo().equals(new SloId(slo)))
        .findFirst()
        .orElseThrow();
  }

  List<SloEvent> told() {
    return told;
  }

  Optional<Instant> breached(Level level) {
    return told.stream()
        .filter(event -> event instanceof SloBreached breach && breach.level() == level)
        .map(event -> ((SloBreached) event).at())
        .findFirst();
  }

  Optional<Instant> recovered(Level level) {
    return told.stream()
        .filter(event -> event instanceof SloRecovered over && over.level() == level)
        .map(event -> ((SloRecovered) event).at())
        .findFirst();
  }

  /** What would be kept of the primary's ledger. */
  Map<String, byte[]> saved() {
    Map<String, byte[]> kept = new TreeMap<>();
    primary().save(kept::put);
    return kept;
  }
}
