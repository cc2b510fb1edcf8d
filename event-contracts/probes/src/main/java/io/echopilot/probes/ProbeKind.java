package io.echopilot.probes;

import java.util.Set;

/**
 * One way to look at a target.
 *
 * @param <S> the settings: a record whose constructor fills in defaults and refuses what makes no
 *     sense with an {@link IllegalArgumentException} that names the field and the remedy
 */
public interface ProbeKind<S extends Record> {
  /** Its key in a definition, for example {@code http}. */
  String key();

  Class<S> settings();

  Probe probe(S settings, Target target, ProbeContext context);

  /** The names of the numbers that such a probe may read. */
  default Set<String> numbers(S settings) {
    return Set.of();
  }
}
