package io.echopilot.probes;

import io.echopilot.events.EventJson;
import io.echopilot.events.ProbeCheck;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** The kinds that are on the class path. */
public final class ProbeKinds {
  private final SortedMap<String, ProbeKind<?>> kinds = new TreeMap<>();

  private ProbeKinds() {
    for (ProbeKind<?> kind :
        ServiceLoader.load(ProbeKind.class, ProbeKind.class.getClassLoader())) {
      ProbeKind<?> other = kinds.put(kind.key(), kind);
      if (other != null) {
        throw new IllegalStateException(
            "%s and %s have the same key".formatted(other.getClass(), kind.getClass()));
      }
    }
  }

  public static ProbeKinds all() {
    return new ProbeKinds();
  }

  public Set<String> keys() {
    return Collections.unmodifiableSet(kinds.keySet());
  }

  /** The record of a kind's settings; empty when there is no such kind. */
  public Optional<Class<? extends Record>> settings(String key) {
    return Optional.ofNullable(kinds.get(key)).map(ProbeKind::settings);
  }

  /** Settings in the form that a definition holds. */
  public static ProbeCheck check(String key, Record settings) {
    return new ProbeCheck(
        key,
        EventJson.mapper().convertValue(settings, new TypeReference<Map<String, Object>>() {}));
  }

  /** The names of the numbers that a check may read; empty for a kind that is not known. */
  public Set<String> numbers(ProbeCheck check) {
    ProbeKind<?> kind = kinds.get(check.kind());
    return kind == null ? Set.of() : numbers(kind, check);
  }

  private static <S extends Record> Set<String> numbers(ProbeKind<S> kind, ProbeCheck check) {
    return kind.numbers(EventJson.mapper().convertValue(check.settings(), kind.settings()));
  }

  /** A probe; one that can't be carried out by this version says so at each run. */
  public Probe probe(ProbeCheck check, Target target, ProbeContext context) {
    ProbeKind<?> kind = kinds.get(check.kind());
    if (kind == null) {
      return Probe.never(
          "this prober does not know the kind %s, only %s; update it"
              .formatted(check.kind(), String.join(", ", kinds.keySet())));
    }
    return probe(kind, check, target, context);
  }

  private static <S extends Record> Probe probe(
      ProbeKind<S> kind, ProbeCheck check, Target target, ProbeContext context) {
    try {
      S settings = EventJson.mapper().convertValue(check.settings(), kind.settings());
      return kind.probe(settings, target, context);
    } catch (JacksonException e) {
      return Probe.never(
          "this prober can't read the settings of %s: %s"
              .formatted(check.kind(), e.getOriginalMessage()));
    } catch (RuntimeException e) {
      return Probe.never("this prober can't make a probe of %s: %s".formatted(check.kind(), e));
    }
  }
}
