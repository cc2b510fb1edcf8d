package io.echopilot.alert;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.Topics;
import io.echopilot.fleet.inbox.Inbox;
import io.echopilot.fleet.inbox.InboxMessage;
import io.echopilot.starter.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Alert-service in this JVM, with a real broker and an inbox, and a hand that plays failover. */
final class AlertWorld implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String TELEGRAM_TOKEN = "123456:telegram-token-of-a-bot";
  private static final String SLACK_TOKEN = "xoxb-slack-token-of-a-bot";

  final Inbox inbox = Inbox.start(0, TELEGRAM_TOKEN, SLACK_TOKEN, Clock.systemUTC());
  private final ConfigurableApplicationContext context;
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", TestBroker.bootstrapServers()),
          new StringSerializer(),
          new ByteArraySerializer());

  AlertWorld(Path folder) throws IOException {
    String url = "http://127.0.0.1:" + inbox.port();
    context =
        new SpringApplicationBuilder(AlertApplication.class)
            .run(
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                "--echopilot.streams.state-dir=" + folder.resolve("streams"),
                "--echopilot.alert.slack.url=" + url + "/slack/api/",
                "--echopilot.alert.slack.channel=C0123456789",
                "--echopilot.alert.slack.token-file="
                    + Files.writeString(folder.resolve("slack"), SLACK_TOKEN),
                "--echopilot.alert.telegram.url=" + url,
                "--echopilot.alert.telegram.chat=-1001234567890",
                "--echopilot.alert.telegram.token-file="
                    + Files.writeString(folder.resolve("telegram"), TELEGRAM_TOKEN));
  }

  void happens(Event... events) {
    for (Event event : events) {
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
      send(new ProducerRecord<>(Topics.of(event).name(), null, event.subject(), value, headers));
    }
  }

  void send(ProducerRecord<String, byte[]> record) {
    var _ = producer.send(record);
    producer.flush();
  }

  /** What a channel shows of an incident, oldest first. */
  List<InboxMessage> shown(String channel, String incident) {
    return inbox.messages().reversed().stream()
        .filter(message -> message.channel().equals(channel))
        .filter(message -> message.text().contains(incident))
        .toList();
  }

  /** Waits until the newest message about an incident says this on both channels. */
  void awaitTold(String incident, String text) {
    for (String channel : List.of("slack", "telegram")) {
      Awaitility.await(channel + " says: " + text)
          .atMost(PATIENCE)
          .until(() -> {
            List<InboxMessage> shown = shown(channel, incident);
            return !shown.isEmpty() && shown.getLast().text().contains(text);
          });
    }
  }

  @Override
  public void close() {
    producer.close();
    context.close();
    inbox.close();
  }
}
