package io.echopilot.benchmarks;

import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.FailoverEvent.RouteEstablished;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.TopicNames;
import io.echopilot.fleet.FleetOptions;
import io.echopilot.fleet.LocalFleet;
import io.echopilot.fleet.Part;
import io.echopilot.fleet.Ports;
import io.echopilot.fleet.demo.DemoConfig.EdgeService;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Broker, edge and failover-service with many services, and no prober: the benchmark plays it. */
final class Rig implements AutoCloseable {
  final LocalFleet fleet;
  final Clients clients;
  final KafkaConsumer<String, byte[]> events;

  Rig(Path home, int services) {
    Map<ServiceId, EdgeService> edge = new HashMap<>();
    for (int i = 0; i < services; i++) {
      Map<SiteId, URI> sites = new LinkedHashMap<>();
      sites.put(new SiteId("primary"), URI.create("http://127.0.0.1:1"));
      sites.put(new SiteId("fallback"), URI.create("http://127.0.0.1:1"));
      edge.put(new ServiceId(Results.service(i)), new EdgeService(null, sites));
    }
    fleet =
        LocalFleet.startAfresh(
            FleetOptions.in(home, Ports.free())
                .withOnly(Part.BROKER, Part.DEMO, Part.FAILOVER_SERVICE)
                .withServices("services: []\n")
                .withEdgeServices(edge));
    clients = new Clients(fleet.ports().bootstrapServers());
    events = clients.consumer(TopicNames.FAILOVER_EVENTS);
    try {
      java.nio.file.Files.writeString(
          fleet.home().folder().resolve("config/services.yaml"), Results.yaml(services));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Set<String> established = new HashSet<>();
    while (established.size() < services) {
      for (ConsumerRecord<String, byte[]> record : events.poll(Duration.ofSeconds(1))) {
        event(record)
            .filter(RouteEstablished.class::isInstance)
            .ifPresent(event -> established.add(event.subject()));
      }
    }
  }

  static Optional<FailoverEvent> event(ConsumerRecord<String, byte[]> record) {
    return EventCodec.decode(record.topic(), record.key(), record.headers(), record.value())
            instanceof Decoded.Known(var envelope)
        ? Optional.of((FailoverEvent) envelope.data())
        : Optional.empty();
  }

  @Override
  public void close() {
    events.close();
    fleet.stop();
  }
}
