package io.echopilot.prober.probe;

import com.jayway.jsonpath.JsonPath;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.Entrypoint;
import io.echopilot.events.ServiceDefinition.Site;
import io.echopilot.probes.Probe;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.ProbeKinds;
import io.echopilot.probes.Target;
import io.echopilot.probes.http.HttpCheck;
import io.echopilot.probes.http.HttpProbe;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the probes that a definition asks for. */
public final class Probes {
  private static final int OK = 200;

  private final ProbeKinds kinds = ProbeKinds.all();
  private final ProbeContext context;

  public Probes(ProbeContext context) {
    this.context = context;
  }

  /** A probe of a site. */
  public Probe of(ServiceDefinition definition, ServiceDefinition.Probe probe, Site site) {
    Target target = new Target(definition.id(), probe.id(), site.id(), site.url(), probe.timeout());
    return kinds.probe(probe.check(), target, context);
  }

  /** A look at the entrypoint: which site answers there. */
  public Probe of(ServiceDefinition definition, Entrypoint entrypoint) {
    String siteFrom = entrypoint.siteFrom();
    HttpProbe.Origin origin =
        siteFrom == null
            ? null
            : new HttpProbe.Origin(
                JsonPath.compile(siteFrom),
                definition.sites().stream().map(Site::id).collect(Collectors.toSet()));
    return new HttpProbe(
        entrypoint.url(), HttpCheck.of("/", OK, Map.of()), origin, entrypoint.timeout(), context);
  }
}
