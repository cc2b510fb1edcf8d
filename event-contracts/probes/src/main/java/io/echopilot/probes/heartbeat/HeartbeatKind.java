package io.echopilot.probes.heartbeat;

import com.google.auto.service.AutoService;
import io.echopilot.probes.Probe;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.ProbeKind;
import io.echopilot.probes.Target;
import java.util.Set;

/** {@code heartbeat}: waits for a job to report in. */
@AutoService(ProbeKind.class)
@SuppressWarnings("rawtypes") // of the annotation, which can name no type arguments
public final class HeartbeatKind implements ProbeKind<HeartbeatCheck> {
  public static final String KEY = "heartbeat";

  @Override
  public String key() {
    return KEY;
  }

  @Override
  public Class<HeartbeatCheck> settings() {
    return HeartbeatCheck.class;
  }

  @Override
  public Probe probe(HeartbeatCheck settings, Target target, ProbeContext context) {
    return new HeartbeatProbe(settings, target, context.jobs(), context.secrets(), context.clock());
  }

  @Override
  public Set<String> numbers(HeartbeatCheck settings) {
    return Set.of("silence");
  }
}
