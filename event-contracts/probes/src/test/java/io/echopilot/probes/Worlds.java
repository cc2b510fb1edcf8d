package io.echopilot.probes;

import io.echopilot.events.ProbeId;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import reactor.netty.resources.LoopResources;
import tools.jackson.core.JsonParser;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Runs a probe as it stands in a definition. */
public final class Worlds {
  public static final int MOST_BODY = 64 * 1024;
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .addModule(new SimpleModule().addDeserializer(Duration.class, new ShortDuration()))
          .build();
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final LoopResources LOOPS = LoopResources.create("probe-test", 2, true);

  private Worlds() {}

  public static ProbeContext context(LoopResources loops) {
    return context(loops, Map.of());
  }

  private static ProbeContext context(LoopResources loops, Map<String, String> secrets) {
    return context(loops, secrets, DeniedNetworks.NONE);
  }

  private static ProbeContext context(
      LoopResources loops, Map<String, String> secrets, DeniedNetworks denied) {
    return new ProbeContext(
        loops,
        MOST_BODY,
        secret -> {
          String value = secrets.get(secret.name());
          if (value == null) {
            throw new Secrets.MissingSecretException("this prober has no " + secret);
          }
          return value;
        },
        Clock.systemUTC(),
        JobReports.UNREAD,
        denied);
  }

  /** A prober that is of use only to kinds that connect to nothing. */
  public static ProbeContext context(JobReports jobs, Clock clock) {
    return context(jobs, clock, SecretRef::toString);
  }

  /** The same with what it knows of secrets. */
  public static ProbeContext context(JobReports jobs, Clock clock, Secrets secrets) {
    return new ProbeContext(LOOPS, MOST_BODY, secrets, clock, jobs, DeniedNetworks.NONE);
  }

  /** Such as 5m, as definitions have them, or as events have them. */
  private static final class ShortDuration extends StdDeserializer<Duration> {
    ShortDuration() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser json, DeserializationContext context) {
      String text = json.getString();
      return Duration.parse(text.startsWith("P") ? text : "PT" + text);
    }
  }

  /** Runs what stands in the YAML by a prober that may not connect everywhere. */
  static Finding run(String yaml, URI site, DeniedNetworks denied) {
    return probe(yaml, site, LONG, context(LOOPS, Map.of("password", "secret"), denied))
        .run()
        .join();
  }

  /** Runs what stands in the YAML, with patience. */
  public static Finding run(String yaml, URI site) {
    return run(yaml, site, LONG, Map.of());
  }

  public static Finding run(String yaml, URI site, Duration timeout) {
    return run(yaml, site, timeout, Map.of());
  }

  public static Finding run(String yaml, URI site, Map<String, String> secrets) {
    return run(yaml, site, LONG, secrets);
  }

  public static Finding run(String yaml, URI site, Duration timeout, Map<String, String> secrets) {
    return probe(yaml, site, timeout, context(LOOPS, secrets)).run().join();
  }

  /**
   * A probe made as failover-service and a prober make it.
   *
   * @param yaml a kind and its settings
   */
  public static Probe probe(String yaml, URI site, Duration timeout, ProbeContext context) {
    Map<String, Object> written = YAML.readValue(yaml, new TypeReference<>() {});
    String kind = written.keySet().iterator().next();
    ProbeKinds kinds = ProbeKinds.all();
    Record settings = YAML.convertValue(written.get(kind), kinds.settings(kind).orElseThrow());
    Target target =
        new Target(
            new ServiceId("demo"), new ProbeId("probe"), new SiteId("primary"), site, timeout);
    return kinds.probe(ProbeKinds.check(kind, settings), target, context);
  }
}
