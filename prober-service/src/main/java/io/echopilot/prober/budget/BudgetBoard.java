package io.echopilot.prober.budget;

import io.echopilot.events.Event;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.SloEvent.SloStatus;
import io.echopilot.events.SloId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The newest status of every budget, as long as it is one of the last minutes. */
final class BudgetBoard {
  /** A guard tells of each budget every minute; what it tells of no more isn't known. */
  static final Duration OLD = Duration.ofMinutes(3);

  private final Map<Key, SloStatus> newest = new ConcurrentHashMap<>();

  private record Key(ServiceId service, @Nullable SiteId site, SloId slo) {}

  void take(Event event) {
    if (event instanceof SloStatus status) {
      newest.merge(
          new Key(status.service(), status.site(), status.slo()),
          status,
          (before, now) -> now.at().isBefore(before.at()) ? before : now);
    }
  }

  /** Those of a service, by objective and site. */
  List<SloStatus> of(ServiceId service, Instant now) {
    newest.values().removeIf(status -> status.at().isBefore(now.minus(OLD)));
    return newest.values().stream()
        .filter(status -> status.service().equals(service))
        .sorted(
            Comparator.comparing((SloStatus status) -> status.slo().value())
                .thenComparing(status -> Objects.toString(status.site(), "")))
        .toList();
  }
}
