package io.echopilot.probes.grpc;

import com.google.auto.service.AutoService;
import io.echopilot.probes.Endpoint;
import io.echopilot.probes.Probe;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.ProbeKind;
import io.echopilot.probes.Target;

/** {@code grpc}: asks the standard health service. */
@AutoService(ProbeKind.class)
@SuppressWarnings("rawtypes") // of the annotation, which can name no type arguments
public final class GrpcKind implements ProbeKind<GrpcCheck> {
  @Override
  public String key() {
    return "grpc";
  }

  @Override
  public Class<GrpcCheck> settings() {
    return GrpcCheck.class;
  }

  @Override
  public Probe probe(GrpcCheck settings, Target target, ProbeContext context) {
    Endpoint endpoint = Endpoint.of(settings.host(), settings.port(), target.url());
    return new GrpcProbe(endpoint, settings, target.timeout(), context);
  }
}
