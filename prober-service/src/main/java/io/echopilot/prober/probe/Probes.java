package io.echopilot.prober.probe;

import com.jayway.jsonpath.JsonPath;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.Entrypoint;
import io.echopilot.events.ServiceDefinition.HttpCheck;
import io.echopilot.events.ServiceDefinition.Site;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** Makes the probes that a definition asks for. */
public final class Probes {
  private static final int OK = 200;

  private final HttpClient client;
  private final int mostBody;

  public Probes(LoopResources loops, int mostBody) {
    this.mostBody = mostBody;
    this.client = client(loops);
  }

  /** Fresh connections only: a kept one would not notice that nobody new gets in. */
  static HttpClient client(LoopResources loops) {
    return HttpClient.create(ConnectionProvider.newConnection())
        .runOn(loops)
        .followRedirect(false)
        .disableRetry(true)
        .headers(headers -> headers.set("User-Agent", "EchoPilot-Prober").set("Accept", "*/*"));
  }

  /** A probe of a site. */
  public Probe of(ServiceDefinition.Probe probe, Site site) {
    URI url = URI.create(site.url().toString().replaceAll("/$", "") + probe.http().path());
    return new HttpProbe(client, url, probe.http(), null, probe.timeout(), mostBody);
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
    HttpCheck answers = new HttpCheck("/", OK, Map.of());
    return new HttpProbe(client, entrypoint.url(), answers, origin, entrypoint.timeout(), mostBody);
  }
}
