package io.echopilot.benchmarks;

import io.echopilot.events.Drift;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.Failback;
import io.echopilot.events.LocationId;
import io.echopilot.events.ProbeCheck;
import io.echopilot.events.ProbeId;
import io.echopilot.events.Quorum;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.FailoverPolicy;
import io.echopilot.events.ServiceDefinition.Probe;
import io.echopilot.events.ServiceDefinition.Site;
import io.echopilot.events.ServiceDefinition.Traffic;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.TopicNames;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Services whose sites are all the same server, probed by HTTP every ten seconds. */
record Targets(int services, int sites, URI url, Clock clock) {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /** Their definitions, as failover-service would publish them. */
  Stream<ProducerRecord<String, byte[]>> definitions() {
    return IntStream.range(0, services).mapToObj(this::definition);
  }

  private ProducerRecord<String, byte[]> definition(int number) {
    ServiceId service = new ServiceId(Results.service(number));
    ServiceDefinition definition =
        new ServiceDefinition(
            service,
            null,
            null,
            List.of(new LocationId(Results.LOCATION)),
            IntStream.range(0, sites)
                .mapToObj(i -> new Site(new SiteId("site-" + i), url))
                .toList(),
            List.of(
                new Probe(
                    new ProbeId("health"),
                    new ProbeCheck("http", Map.of("path", "/")),
                    INTERVAL,
                    INTERVAL,
                    TIMEOUT,
                    true)),
            new FailoverPolicy(
                3,
                INTERVAL.multipliedBy(10),
                Quorum.MAJORITY,
                2,
                INTERVAL,
                INTERVAL,
                Failback.MANUAL,
                INTERVAL,
                Drift.HOLD,
                INTERVAL),
            new Traffic("edge"));
    RecordHeaders headers = new RecordHeaders();
    byte[] value =
        EventCodec.encode(
            new EventEnvelope<>(
                UUID.randomUUID().toString(),
                "/bench",
                clock.instant(),
                null,
                new ServiceDefined(service, 1, "hash", definition)),
            headers);
    return new ProducerRecord<>(TopicNames.SERVICES, null, service.value(), value, headers);
  }
}
