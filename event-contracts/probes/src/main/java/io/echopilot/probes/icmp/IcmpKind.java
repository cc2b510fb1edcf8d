package io.echopilot.probes.icmp;

import com.google.auto.service.AutoService;
import io.echopilot.probes.Endpoint;
import io.echopilot.probes.Probe;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.ProbeKind;
import io.echopilot.probes.Target;

/** {@code icmp}: an echo request by the system's ping. */
@AutoService(ProbeKind.class)
@SuppressWarnings("rawtypes") // of the annotation, which can name no type arguments
public final class IcmpKind implements ProbeKind<IcmpCheck> {
  @Override
  public String key() {
    return "icmp";
  }

  @Override
  public Class<IcmpCheck> settings() {
    return IcmpCheck.class;
  }

  @Override
  public Probe probe(IcmpCheck settings, Target target, ProbeContext context) {
    String host = Endpoint.of(settings.host(), null, target.url()).host();
    return new IcmpProbe("ping", host, target.timeout(), context.denied());
  }
}
