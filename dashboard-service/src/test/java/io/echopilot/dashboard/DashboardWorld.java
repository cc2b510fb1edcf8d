package io.echopilot.dashboard;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.EventJson;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.Topics;
import io.echopilot.starter.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** Dashboard-service in this JVM with a real broker, and a hand that plays the other services. */
final class DashboardWorld implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final String PASSWORD = "open sesame";

  final String url;
  private final ConfigurableApplicationContext context;
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", TestBroker.bootstrapServers()),
          new StringSerializer(),
          new ByteArraySerializer());

  DashboardWorld(Path folder, String... more) throws IOException {
    Path credentials = Files.writeString(folder.resolve("users"), "viewer=" + PASSWORD + "\n");
    List<String> settings =
        new java.util.ArrayList<>(
            List.of(
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                "--echopilot.streams.state-dir=" + folder.resolve("streams"),
                "--echopilot.streams.session-timeout=1s",
                "--echopilot.security.credentials-file=" + credentials,
                "--echopilot.dashboard.span=1s"));
    settings.addAll(List.of(more));
    context =
        new SpringApplicationBuilder(DashboardApplication.class)
            .run(settings.toArray(String[]::new));
    url = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  /** Publishes on the event's own topic and returns where it stands. */
  RecordPosition happens(Event event) {
    RecordHeaders headers = new RecordHeaders();
    byte[] value =
        EventCodec.encode(
            new EventEnvelope<>(UUID.randomUUID().toString(), "/test", Instant.now(), null, event),
            headers);
    return send(
        new ProducerRecord<>(Topics.of(event).name(), null, event.subject(), value, headers));
  }

  RecordPosition send(ProducerRecord<String, byte[]> record) {
    try {
      RecordMetadata at = producer.send(record).get();
      return new RecordPosition(at.topic(), at.partition(), at.offset());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The stream that a browser sees, from after an offset. */
  Flux<ServerSentEvent<String>> stream(@Nullable String seen) {
    return client()
        .get()
        .uri("/api/v1/timeline")
        .headers(headers -> {
          if (seen != null) {
            headers.set("Last-Event-ID", seen);
          }
        })
        .retrieve()
        .bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {});
  }

  WebClient client() {
    return WebClient.builder()
        .baseUrl(url)
        .defaultHeaders(headers -> headers.setBasicAuth("viewer", PASSWORD))
        .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(64 * 1024 * 1024))
        .build();
  }

  static JsonNode json(ServerSentEvent<String> event) {
    return EventJson.mapper().readTree(Objects.requireNonNull(event.data()));
  }

  static boolean is(ServerSentEvent<String> event, String name) {
    return name.equals(event.event());
  }

  @Override
  public void close() {
    producer.close();
    context.close();
  }
}
