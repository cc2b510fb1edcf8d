package io.echopilot.backup;

import io.echopilot.backup.postgres.Database;
import io.echopilot.events.BackupCommand.BackupRequested;
import io.echopilot.events.BackupEvent;
import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.TopicNames;
import io.echopilot.events.Topics;
import io.echopilot.fleet.LocalPostgres;
import io.echopilot.fleet.postgres.PostgresRole;
import io.echopilot.starter.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Replicas of backup-service in this JVM, with a real broker and a real server. */
final class BackupServiceWorld implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final String PASSWORD = "a-password-of-tests";

  final LocalPostgres postgres;
  final Path folder;
  private final String source;
  private final List<ConfigurableApplicationContext> replicas = new ArrayList<>();
  private final List<Event> seen = new ArrayList<>();
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", TestBroker.bootstrapServers()),
          new StringSerializer(),
          new ByteArraySerializer());
  private final KafkaConsumer<String, byte[]> consumer =
      new KafkaConsumer<>(
          Map.of(
              "bootstrap.servers",
              TestBroker.bootstrapServers(),
              "isolation.level",
              "read_committed"),
          new StringDeserializer(),
          new ByteArrayDeserializer());

  /**
   * Without a replica yet.
   *
   * @param source its name, which no other test uses
   */
  BackupServiceWorld(LocalPostgres postgres, Path folder, String source) {
    this.postgres = postgres;
    this.folder = folder;
    this.source = source;
  }

  ConfigurableApplicationContext start(String... settings) throws IOException {
    int number = replicas.size();
    List<String> all =
        new ArrayList<>(
            List.of(
                "--spring.main.register-shutdown-hook=false",
                "--spring.application.name=backup-" + source,
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                "--echopilot.streams.state-dir=" + folder.resolve("streams-" + number),
                "--echopilot.streams.threads=2",
                "--echopilot.security.credentials-file="
                    + Files.writeString(
                        folder.resolve("users"),
                        "viewer=%1$s\noperator=%1$s\n".formatted(PASSWORD)),
                "--echopilot.backup.folder=" + folder.resolve("backups"),
                "--echopilot.backup.work=" + folder.resolve("work-" + number),
                "--echopilot.backup.retry.first-wait=1s",
                at("services", source + "-shop"),
                at("server.host", postgres.host()),
                at("server.port", postgres.port()),
                at("server.database", "demo"),
                at("server.user", PostgresRole.BACKUP.login()),
                at("server.password-file", postgres.passwordFile(PostgresRole.BACKUP)),
                at("queries[0]", "select count(*) from wh_job_log")));
    all.addAll(List.of(settings));
    ConfigurableApplicationContext replica =
        new SpringApplicationBuilder(BackupApplication.class).run(all.toArray(String[]::new));
    replicas.add(replica);
    return replica;
  }

  /** The database that is backed up. */
  Database database() {
    return new Database(
        postgres.host(),
        postgres.port(),
        "demo",
        PostgresRole.BACKUP.login(),
        postgres.passwordFile(PostgresRole.BACKUP),
        "prefer");
  }

  String at(String name, Object value) {
    return "--echopilot.backup.sources.%s.%s=%s".formatted(source, name, value);
  }

  void happens(Event event) {
    RecordHeaders headers = new RecordHeaders();
    byte[] value =
        EventCodec.encode(
            new EventEnvelope<>(
                UUID.randomUUID().toString(),
                "/test",
                Instant.now(),
                EventEnvelope.newTraceparent(),
                event),
            headers);
    var _ =
        producer.send(
            new ProducerRecord<>(Topics.of(event).name(), null, event.subject(), value, headers));
    producer.flush();
  }

  /** Requests and what became of them, of this world's source, in the order of their partitions. */
  List<Event> events() {
    if (consumer.assignment().isEmpty()) {
      List<TopicPartition> partitions =
          List.of(TopicNames.BACKUP_COMMANDS, TopicNames.BACKUP_EVENTS).stream()
              .flatMap(topic ->
                  IntStream.range(0, consumer.partitionsFor(topic).size())
                      .mapToObj(partition -> new TopicPartition(topic, partition)))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    }
    consumer
        .poll(Duration.ofMillis(200))
        .forEach(record -> {
          if (source.equals(record.key())
              && EventCodec.decode(record.topic(), record.key(), record.headers(), record.value())
                  instanceof Decoded.Known(var envelope)) {
            seen.add(envelope.data());
          }
        });
    return List.copyOf(seen);
  }

  List<BackupRequested> requests() {
    return events().stream()
        .filter(BackupRequested.class::isInstance)
        .map(BackupRequested.class::cast)
        .toList();
  }

  <E extends BackupEvent> List<E> events(Class<E> type) {
    return events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void close() {
    replicas.forEach(ConfigurableApplicationContext::close);
    producer.close();
    consumer.close();
  }
}
