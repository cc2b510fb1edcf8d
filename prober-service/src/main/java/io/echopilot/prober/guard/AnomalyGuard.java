package io.echopilot.prober.guard;

import static java.util.Objects.requireNonNull;

import io.echopilot.events.AnomalyEvent;
import io.echopilot.events.AnomalyEvent.AnomalyCleared;
import io.echopilot.events.AnomalyEvent.AnomalyDetected;
import io.echopilot.events.ProbeEvent;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ProbeId;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.Probe;
import io.echopilot.events.ServiceDefinition.Site;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.prober.anomaly.Detector;
import io.echopilot.prober.anomaly.Minutes;
import io.echopilot.prober.anomaly.Minutes.Minute;
import io.echopilot.prober.anomaly.Verdict;
import io.echopilot.prober.anomaly.Why;
import io.echopilot.prober.slo.Calendar;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Looks each minute whether the series of each probe and site are as usual, and tells when one is
 * not, and when it is again. What happens during announced work teaches nothing.
 *
 * <p>Kept per probe and site: what the open minutes saw, at each result; and per series the
 * detector, at each minute.
 */
final class AnomalyGuard implements Guard {
  static final String STORE = "anomalies";

  private final Map<ServiceId, Watched> watched = new HashMap<>();
  private @Nullable KeyValueStore<String, byte[]> store;
  private @Nullable Outlet outlet;

  /** A service's probes, and when work on it is announced. */
  private record Watched(Map<Source, Minutes> sources, Calendar work) {}

  /** A probe at a site, of which the series are. */
  private record Source(ServiceId service, SiteId site, ProbeId probe) {
    String key() {
      return service.value() + "/" + site.value() + "/" + probe.value();
    }

    String key(String name) {
      return key() + "/" + name;
    }

    String series(String name) {
      return probe + "." + name;
    }
  }

  @Override
  public void open(KeyValueStore<String, byte[]> kept, Outlet events) {
    store = kept;
    outlet = events;
  }

  @Override
  public void defined(ServiceDefinition definition, Instant now) {
    Map<Source, Minutes> sources = new HashMap<>();
    for (Site site : definition.sites()) {
      for (Probe probe : definition.probes()) {
        Source source = new Source(definition.id(), site.id(), probe.id());
        sources.put(source, kept(source.key(), Minutes::of).orElseGet(Minutes::new));
      }
    }
    Set<String> known = sources.keySet().stream().map(Source::key).collect(Collectors.toSet());
    for (String key : ServiceKeys.of(definition.id(), store())) {
      if (known.stream().noneMatch(each -> key.equals(each) || key.startsWith(each + "/"))) {
        forget(key, now);
      }
    }
    watched.put(definition.id(), new Watched(sources, CronCalendar.of(definition)));
  }

  @Override
  public void removed(ServiceId service) {
    watched.remove(service);
    ServiceKeys.of(service, store()).forEach(store()::delete);
  }

  /** What is looked at no more is an anomaly no more. */
  private void forget(String key, Instant now) {
    String[] parts = key.split("/", 4);
    boolean open = parts.length == 4 && kept(key, Detector::of).map(Detector::isOpen).orElse(false);
    store().delete(key);
    if (open) {
      Source source =
          new Source(new ServiceId(parts[0]), new SiteId(parts[1]), new ProbeId(parts[2]));
      tell(
          new AnomalyCleared(source.service(), source.site(), source.series(parts[3]), now),
          "cleared",
          now);
    }
  }

  @Override
  public void seen(ProbeEvent event, Instant now) {
    Watched service = watched.get(event.service());
    if (service == null || !(event instanceof ProbeCompleted result)) {
      return;
    }
    Source source = new Source(result.service(), result.site(), result.probe());
    Minutes minutes = service.sources().get(source);
    if (minutes != null) {
      // First what is over: a backlog has no ticks in between.
      look(service, source, minutes, now);
      if (minutes.count(result, now.toEpochMilli())) {
        store().put(source.key(), minutes.toBytes());
      }
    }
  }

  @Override
  public void tick(Instant now) {
    for (Watched service : watched.values()) {
      service.sources().forEach((source, minutes) -> look(service, source, minutes, now));
    }
  }

  private void look(Watched service, Source source, Minutes minutes, Instant now) {
    List<Minute> over = minutes.close(now.toEpochMilli());
    for (Minute minute : over) {
      if (!service.work().covers(minute.end() - 1)) {
        minute.values().forEach((name, value) -> look(source, name, minute.end(), value, now));
      }
    }
    if (!over.isEmpty()) {
      store().put(source.key(), minutes.toBytes());
    }
  }

  private void look(Source source, String name, long at, OptionalDouble value, Instant now) {
    Detector detector = kept(source.key(name), Detector::of).orElseGet(Detector::new);
    Verdict verdict =
        value.isPresent() ? detector.observe(at, value.getAsDouble()) : detector.absent(at);
    store().put(source.key(name), detector.toBytes());
    Instant end = Instant.ofEpochMilli(at);
    switch (verdict) {
      case Verdict.Usual _ -> {}
      case Verdict.Detected found ->
          tell(
              new AnomalyDetected(
                  source.service(),
                  source.site(),
                  source.series(name),
                  found.value(),
                  found.low(),
                  found.high(),
                  found.kind(),
                  Why.sentence(source.series(name), found),
                  end),
              "detected",
              now);
      case Verdict.Cleared _ ->
          tell(
              new AnomalyCleared(source.service(), source.site(), source.series(name), end),
              "cleared",
              now);
    }
  }

  private void tell(AnomalyEvent event, String what, Instant now) {
    requireNonNull(outlet)
        .tell(
            event,
            "anomaly/%s/%s/%s/%s/%d"
                .formatted(
                    event.service(), event.site(), event.series(), what, event.at().toEpochMilli()),
            now);
  }

  /** What an earlier version kept is learnt anew. */
  private <T> Optional<T> kept(String key, Function<byte[], Optional<T>> of) {
    return Optional.ofNullable(store().get(key)).flatMap(of);
  }

  private KeyValueStore<String, byte[]> store() {
    return requireNonNull(store);
  }
}
