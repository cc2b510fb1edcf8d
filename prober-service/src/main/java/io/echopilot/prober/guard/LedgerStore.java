package io.echopilot.prober.guard;

import io.echopilot.events.ServiceId;
import io.echopilot.prober.slo.Budgets;
import io.echopilot.prober.slo.Ledger;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;

/** Ledgers between two lives of a process, under {@code service/site/…}. */
final class LedgerStore {
  private final KeyValueStore<String, byte[]> store;

  LedgerStore(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /** Reads what is there of a service's ledgers, and deletes what belongs to none of them. */
  void load(ServiceId service, Budgets budgets) {
    Set<String> read = new HashSet<>();
    for (Ledger ledger : budgets.ledgers()) {
      ledger.load(key -> {
        read.add(prefix(service, ledger) + key);
        return store.get(prefix(service, ledger) + key);
      });
    }
    ServiceKeys.of(service, store).stream()
        .filter(key -> !read.contains(key))
        .forEach(store::delete);
  }

  void save(ServiceId service, Ledger ledger) {
    ledger.save((key, bytes) -> store.put(prefix(service, ledger) + key, bytes));
  }

  void forget(ServiceId service) {
    ServiceKeys.of(service, store).forEach(store::delete);
  }

  private static String prefix(ServiceId service, Ledger ledger) {
    return service + "/" + (ledger.site() == null ? "" : ledger.site()) + "/";
  }
}
