package io.echopilot.probes.tcp;

import com.google.auto.service.AutoService;
import io.echopilot.probes.Endpoint;
import io.echopilot.probes.Probe;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.ProbeKind;
import io.echopilot.probes.Target;

/** {@code tcp}: connects, says something, and looks at what comes back. */
@AutoService(ProbeKind.class)
@SuppressWarnings("rawtypes") // of the annotation, which can name no type arguments
public final class TcpKind implements ProbeKind<TcpCheck> {
  @Override
  public String key() {
    return "tcp";
  }

  @Override
  public Class<TcpCheck> settings() {
    return TcpCheck.class;
  }

  @Override
  public Probe probe(TcpCheck settings, Target target, ProbeContext context) {
    Endpoint endpoint = Endpoint.of(settings.host(), settings.port(), target.url());
    return new TcpProbe(endpoint, settings, target.timeout(), context);
  }
}
