package io.echopilot.prober.slo;

import io.echopilot.events.ProbeEvent;
import io.echopilot.events.ProbeEvent.EntrypointProbed;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.Site;
import io.echopilot.events.SiteId;
import io.echopilot.events.Slo;
import io.echopilot.events.SloEvent.SloRecovered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledgers of a service: one of its entrypoint, where that can tell, and one of each site. */
public final class Budgets {
  private static final String ENTRYPOINT = "";

  private final Map<String, Ledger> ledgers = new LinkedHashMap<>();

  /** Empty ledgers for what a service promises; without objectives there are none. */
  public Budgets(ServiceDefinition definition, Calendar calendar) {
    add(
        ENTRYPOINT,
        definition,
        calendar,
        definition.slos().stream()
            .map(slo -> Promise.ofEntrypoint(slo, definition))
            .flatMap(Optional::stream)
            .toList());
    for (Site site : definition.sites()) {
      List<Promise> promises = new ArrayList<>();
      for (Slo slo : definition.slos()) {
        promises.add(Promise.ofSites(slo, definition));
      }
      add(site.id().value(), definition, calendar, promises);
    }
  }

  private void add(
      String name, ServiceDefinition definition, Calendar calendar, List<Promise> promises) {
    if (!promises.isEmpty()) {
      SiteId site = name.isEmpty() ? null : new SiteId(name);
      ledgers.put(
          name, new Ledger(definition.id(), site, definition.locations(), calendar, promises));
    }
  }

  public Collection<Ledger> ledgers() {
    return ledgers.values();
  }

  /** The ends of breaches that are open and that other budgets, which follow, don't watch. */
  public List<SloRecovered> leftOpen(Budgets next, Instant now) {
    List<SloRecovered> ends = new ArrayList<>();
    ledgers.forEach((name, ledger) -> {
      Ledger heir = next.ledgers.get(name);
      ledger.open(now).stream()
          .filter(end -> heir == null || !heir.watches(end.slo()))
          .forEach(ends::add);
    });
    return ends;
  }

  /** The one that a result belongs in. */
  public Optional<Ledger> ledger(ProbeEvent event) {
    return Optional.ofNullable(
        switch (event) {
          case ProbeCompleted completed -> ledgers.get(completed.site().value());
          case EntrypointProbed _ -> ledgers.get(ENTRYPOINT);
        });
  }
}
