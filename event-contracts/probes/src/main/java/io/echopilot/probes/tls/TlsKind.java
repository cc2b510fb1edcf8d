package io.echopilot.probes.tls;

import com.google.auto.service.AutoService;
import io.echopilot.probes.Endpoint;
import io.echopilot.probes.Probe;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.ProbeKind;
import io.echopilot.probes.Target;
import java.util.Set;

/** {@code tls}: looks at the certificate that a server shows. */
@AutoService(ProbeKind.class)
@SuppressWarnings("rawtypes") // of the annotation, which can name no type arguments
public final class TlsKind implements ProbeKind<TlsCheck> {
  @Override
  public String key() {
    return "tls";
  }

  @Override
  public Class<TlsCheck> settings() {
    return TlsCheck.class;
  }

  @Override
  public Probe probe(TlsCheck settings, Target target, ProbeContext context) {
    Endpoint endpoint = Endpoint.of(settings.host(), settings.port(), target.url());
    return new TlsProbe(endpoint, settings, target.timeout(), context);
  }

  @Override
  public Set<String> numbers(TlsCheck settings) {
    return Set.of("daysLeft");
  }
}
