package io.echopilot.benchmarks;

import io.echopilot.events.EventCodec;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.InstanceId;
import io.echopilot.events.LocationId;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ProbeId;
import io.echopilot.events.ProbeRun;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.Slot;
import io.echopilot.events.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
