package io.echopilot.probes.dns;

import com.google.auto.service.AutoService;
import io.echopilot.probes.Probe;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.ProbeKind;
import io.echopilot.probes.Target;

/** {@code dns}: asks for records. */
@AutoService(ProbeKind.class)
@SuppressWarnings("rawtypes") // of the annotation, which can name no type arguments
public final class DnsKind implements ProbeKind<DnsCheck> {
  @Override
  public String key() {
    return "dns";
  }

  @Override
  public Class<DnsCheck> settings() {
    return DnsCheck.class;
  }

  @Override
  public Probe probe(DnsCheck settings, Target target, ProbeContext context) {
    return new DnsProbe(settings, target.url().getHost(), target.timeout(), context.denied());
  }
}
