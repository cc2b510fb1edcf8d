package io.echopilot.alert;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.Topics;
import io.echopilot.fleet.LocalPostgres;
import io.echopilot.fleet.inbox.Inbox;
import io.echopilot.fleet.inbox.InboxMessage;
import io.echopilot.fleet.postgres.PostgresRole;
import io.echopilot.starter.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
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
public final class AlertWorld implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String TELEGRAM_TOKEN = "123456:telegram-token-of-a-bot";
  private static final String SLACK_TOKEN = "xoxb-slack-token-of-a-bot";

  final Inbox inbox =
      Inbox.start(
          0,
          Path.of("target", "inboxes", UUID.randomUUID() + ".json"),
          TELEGRAM_TOKEN,
          SLACK_TOKEN,
          Clock.systemUTC());
  private final ConfigurableApplicationContext context;
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", TestBroker.bootstrapServers()),
          new StringSerializer(),
          new ByteArraySerializer());

  /** With further settings, such as {@code --name=value}. */
  public AlertWorld(Path folder, String... more) throws IOException {
    String url = "http://127.0.0.1:" + inbox.port();
    List<String> settings =
        new ArrayList<>(
            List.of(
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
                    + Files.writeString(folder.resolve("telegram"), TELEGRAM_TOKEN)));
    settings.addAll(List.of(more));
    context =
        new SpringApplicationBuilder(AlertApplication.class).run(settings.toArray(String[]::new));
  }

  public void happens(Event... events) {
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

  public void send(ProducerRecord<String, byte[]> record) {
    var _ = producer.send(record);
    producer.flush();
  }

  /** What a channel shows of an incident, oldest first. */
  public List<InboxMessage> shown(String channel, String incident) {
    return inbox.messages().reversed().stream()
        .filter(message -> message.channel().equals(channel))
        .filter(message -> message.text().contains(incident))
        .toList();
  }

  /** Waits until the newest message about an incident says this on both channels. */
  public void awaitTold(String incident, String text) {
    for (String channel : List.of("slack", "telegram")) {
      Awaitility.await(channel + " says: " + text)
          .atMost(PATIENCE)
          .until(() -> {
            List<InboxMessage> shown = shown(channel, incident);
            return !shown.isEmpty() && shown.getLast().text().contains(text);
          });
    }
  }

  /**
   * What the service answers.
   *
   * @param user who asks, with the password {@code of-USER}; empty for nobody in particular
   */
  public HttpResponse<String> ask(String method, String path, String user) {
    URI address =
        URI.create(
            "http://127.0.0.1:%s%s"
                .formatted(context.getEnvironment().getProperty("local.server.port"), path));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).method(method, HttpRequest.BodyPublishers.noBody());
    if (!user.isEmpty()) {
      byte[] credentials = "%s:of-%s".formatted(user, user).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /**
   * The settings of a history in this database, with users who have the password {@code of-USER}.
   */
  public static String[] history(Path folder, LocalPostgres postgres) throws IOException {
    return new String[] {
      "--echopilot.alert.history.host=" + postgres.host(),
      "--echopilot.alert.history.port=" + postgres.port(),
      "--echopilot.alert.history.password-file=" + postgres.passwordFile(PostgresRole.ECHOPILOT),
      "--echopilot.security.credentials-file="
          + Files.writeString(
              folder.resolve("credentials"),
              "viewer=of-viewer\noperator=of-operator\nadmin=of-admin\n")
    };
  }

  @Override
  public void close() {
    producer.close();
    context.close();
    inbox.close();
  }
}
