package io.echopilot.probes.postgres;

import com.google.auto.service.AutoService;
import io.echopilot.probes.Probe;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.ProbeKind;
import io.echopilot.probes.Target;
import java.util.Set;

/** {@code postgres}: logs in and asks. */
@AutoService(ProbeKind.class)
@SuppressWarnings("rawtypes") // of the annotation, which can name no type arguments
public final class PostgresKind implements ProbeKind<PostgresCheck> {
  @Override
  public String key() {
    return "postgres";
  }

  @Override
  public Class<PostgresCheck> settings() {
    return PostgresCheck.class;
  }

  @Override
  public Probe probe(PostgresCheck settings, Target target, ProbeContext context) {
    return new PostgresProbe(settings, target, context);
  }

  @Override
  public Set<String> numbers(PostgresCheck settings) {
    return Set.of("value");
  }
}
