package io.echopilot.benchmarks;

import io.echopilot.events.Drift;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.Failback;
import io.echopilot.events.InstanceId;
import io.echopilot.events.LocationId;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeCheck;
import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ProbeId;
import io.echopilot.events.ProbeRun;
import io.echopilot.events.Quorum;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.Slo;
import io.echopilot.events.SloId;
import io.echopilot.events.Slot;
import io.echopilot.events.TopicNames;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Probe results as a prober would publish them. */
final class Results {
  static final String LOCATION = "bench";

  private final Clock clock;

  Results(Clock clock) {
    this.clock = clock;
  }

  ProducerRecord<String, byte[]> result(String service, String site, boolean success) {
    Instant now = clock.instant();
    ProbeRun run =
        new ProbeRun(
            new LocationId(LOCATION),
            new InstanceId("bench"),
            new Slot(now),
            Duration.ofSeconds(10),
            now,
            now,
            success ? Outcome.SUCCESS : Outcome.FAILURE,
            success ? null : new ProbeError(ProbeError.Kind.REFUSED, "connection refused"),
            null,
            false);
    RecordHeaders headers = new RecordHeaders();
    byte[] value =
        EventCodec.encode(
            new EventEnvelope<>(
                UUID.randomUUID().toString(),
                "/bench",
                now,
                null,
                new ProbeCompleted(
                    new ServiceId(service), new SiteId(site), new ProbeId("health"), 200, run)),
            headers);
    return new ProducerRecord<>(TopicNames.PROBE_RESULTS, null, service, value, headers);
  }

  /** As three locations would tell of it: a phase for each step, an HTTP status. */
  ProbeCompleted completed(
      String service, String site, String location, Instant slot, Duration interval, boolean well) {
    Duration total = Duration.ofNanos(18_000_000 + slot.toEpochMilli() / 10_000 % 7 * 500_000);
    return new ProbeCompleted(
        new ServiceId(service),
        new SiteId(site),
        new ProbeId("health"),
        well ? 200 : 503,
        new ProbeRun(
            new LocationId(location),
            new InstanceId("prober-service@" + location),
            new Slot(slot),
            interval,
            slot.plusMillis(1),
            slot.plusMillis(1).plus(total),
            well ? Outcome.SUCCESS : Outcome.FAILURE,
            well ? null : new ProbeError(ProbeError.Kind.STATUS, "status 503 instead of 200"),
            new ProbeRun.Phases(
                Duration.ofMillis(1),
                Duration.ofMillis(3),
                Duration.ofMillis(7),
                Duration.ofMillis(6),
                total),
            false));
  }

  /** A service with two objectives, each for users and for both sites. */
  static ServiceDefinition promising(String service, List<String> locations, Duration interval) {
    URI url = URI.create("http://127.0.0.1:1");
    Duration month = Duration.ofDays(30);
    return new ServiceDefinition(
        new ServiceId(service),
        null,
        new ServiceDefinition.Entrypoint(url, null, interval, interval),
        locations.stream().map(LocationId::new).toList(),
        List.of(
            new ServiceDefinition.Site(new SiteId("primary"), url),
            new ServiceDefinition.Site(new SiteId("fallback"), url)),
        List.of(
            new ServiceDefinition.Probe(
                new ProbeId("health"),
                new ProbeCheck("http", Map.of()),
                interval,
                interval,
                interval,
                true)),
        new ServiceDefinition.FailoverPolicy(
            3,
            month,
            Quorum.MAJORITY,
            2,
            interval,
            interval,
            Failback.MANUAL,
            interval,
            Drift.HOLD,
            interval),
        new ServiceDefinition.Traffic("edge"),
        List.of(
            new Slo(new SloId("availability"), 99.9, month, null, null, null, null, 3, null),
            new Slo(
                new SloId("latency"),
                99,
                month,
                null,
                Duration.ofMillis(800),
                null,
                null,
                3,
                null)),
        List.of());
  }

  /** How many objectives {@link #promising} has. */
  static final int SLOS = 2;

  /** Definitions of so many services that this location alone votes on. */
  static String yaml(int count) {
    StringBuilder yaml = new StringBuilder("services:\n");
    for (int i = 0; i < count; i++) {
      yaml.append(
          """
            - id: %s
              locations: [%s]
              sites:
                - {id: primary, url: "http://127.0.0.1:1"}
                - {id: fallback, url: "http://127.0.0.1:1"}
              probes:
                - {id: health, http: {path: /health}, interval: 10s}
              traffic: {webhook: {endpoint: demo-edge}}
          """
              .formatted(service(i), LOCATION));
    }
    return yaml.toString();
  }

  static String service(int number) {
    return "s%04d".formatted(number);
  }
}
