package io.echopilot.prober.guard;

import static java.util.Objects.requireNonNull;

import io.echopilot.events.ProbeEvent;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.SloEvent;
import io.echopilot.events.SloEvent.SloBreached;
import io.echopilot.events.SloEvent.SloRecovered;
import io.echopilot.events.SloEvent.SloStatus;
import io.echopilot.prober.slo.Budgets;
import io.echopilot.prober.slo.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Watches the error budgets: tells breaches at once, and each minute how every budget fares. */
final class SloGuard implements Guard {
  static final String STORE = "error-budgets";
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration STATUS = Duration.ofMinutes(1);

  private final Map<ServiceId, Watched> watched = new HashMap<>();
  private @Nullable LedgerStore ledgers;
  private @Nullable Outlet outlet;
  private Instant looked = Instant.MIN;

  /** A service's budgets, and what was last said of each. */
  private record Watched(Budgets budgets, Map<String, SloStatus> said) {}

  @Override
  public void open(KeyValueStore<String, byte[]> store, Outlet events) {
    ledgers = new LedgerStore(store);
    outlet = events;
  }

  @Override
  public void defined(ServiceDefinition definition, Instant now) {
    Budgets budgets = new Budgets(definition, CronCalendar.of(definition));
    ledgers().load(definition.id(), budgets);
    Watched before = watched.put(definition.id(), new Watched(budgets, new HashMap<>()));
    if (before != null) {
      before.budgets().leftOpen(budgets, now).forEach(over -> outlet().tell(over, id(over), now));
    }
  }

  @Override
  public void removed(ServiceId service) {
    watched.remove(service);
    ledgers().forget(service);
  }

  @Override
  public void seen(ProbeEvent event, Instant now) {
    Watched service = watched.get(event.service());
    if (service != null) {
      service
          .budgets()
          .ledger(event)
          .filter(ledger -> ledger.count(event, now.toEpochMilli()))
          .ifPresent(ledger -> ledgers().save(event.service(), ledger));
    }
  }

  @Override
  public void tick(Instant now) {
    if (now.isBefore(looked.plus(looked.equals(Instant.MIN) ? Duration.ZERO : LOOK))) {
      return;
    }
    looked = now;
    watched.forEach((id, service) -> {
      for (Ledger ledger : service.budgets().ledgers()) {
        look(id, service, ledger, now);
      }
    });
  }

  private void look(ServiceId id, Watched service, Ledger ledger, Instant now) {
    List<SloEvent> changes = ledger.changes(now.toEpochMilli());
    ledgers().save(id, ledger);
    changes.forEach(change -> outlet().tell(change, id(change), now));
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    for (SloStatus status : ledger.statuses(now.toEpochMilli(), today)) {
      String key = place(status);
      SloStatus before = service.said().get(key);
      if (before != null && !before.day().date().equals(today)) {
        lastOf(before.day().date(), ledger, status, now);
      }
      if (before == null || isWorthTelling(status, before)) {
        service.said().put(key, status);
        outlet().mention(status, id(status), now);
      }
    }
  }

  /** So that a day's record is told once, the next day's follows on its heels. */
  private static boolean isWorthTelling(SloStatus status, SloStatus before) {
    return status.state() != before.state()
        || !status.day().date().equals(before.day().date())
        || !status.at().isBefore(before.at().plus(STATUS));
  }

  /** A day's record, once it is over. */
  private void lastOf(LocalDate day, Ledger ledger, SloStatus of, Instant now) {
    ledger.statuses(now.toEpochMilli(), day).stream()
        .filter(status -> status.slo().equals(of.slo()))
        .forEach(status -> outlet().mention(status, place(status) + "/day/" + day, now));
  }

  private static String id(SloEvent event) {
    return switch (event) {
      case SloBreached breach ->
          "%s/%s/breached/%d".formatted(place(event), breach.level().value(), millis(breach.at()));
      case SloRecovered over ->
          "%s/%s/recovered/%d".formatted(place(event), over.level().value(), millis(over.at()));
      case SloStatus status -> "%s/status/%d".formatted(place(event), millis(status.at()));
    };
  }

  private static String place(SloEvent event) {
    SiteId site = event.site();
    return "slo/%s/%s/%s".formatted(event.service(), site == null ? "" : site, event.slo());
  }

  private static long millis(Instant at) {
    return at.toEpochMilli();
  }

  private LedgerStore ledgers() {
    return requireNonNull(ledgers);
  }

  private Outlet outlet() {
    return requireNonNull(outlet);
  }
}
