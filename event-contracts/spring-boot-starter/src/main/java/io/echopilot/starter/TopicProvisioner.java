package io.echopilot.starter;

import io.echopilot.events.Event;
import io.echopilot.events.Topic;
import io.echopilot.events.Topics;
import io.echopilot.starter.EchoPilotProperties.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Before anything listens: creates the topics that are missing, with the keys, retention and
 * time-stamp type of the design, and refuses to start on topics that would break it.
 */
final class TopicProvisioner implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);
  private static final long TIMEOUT_SECONDS = 30;
  private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(90);
  private static final String LOG_APPEND_TIME = "LogAppendTime";

  private final KafkaAdmin admin;
  private final TopicSettings settings;
  private volatile boolean running;

  TopicProvisioner(KafkaAdmin admin, TopicSettings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  /** A topic is not as the design needs it; the message names topic and remedy. */
  static final class UnfitTopicException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfitTopicException(List<String> problems) {
      super(String.join("; ", problems));
    }
  }

  @Override
  public void start() {
    try (Admin client = Admin.create(admin.getConfigurationProperties())) {
      Set<String> present = client.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      check(client, present);
      if (settings.create()) {
        check(client, create(client, present));
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka refused the look at its topics", e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "Kafka did not answer within %d s: is spring.kafka.bootstrap-servers right?"
              .formatted(TIMEOUT_SECONDS),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking at the topics", e);
    }
    running = true;
  }

  /** Returns the topics that somebody else created in the meantime. */
  private Set<String> create(Admin client, Set<String> present)
      throws ExecutionException, InterruptedException, TimeoutException {
    List<NewTopic> missing =
        Topics.all().stream()
            .flatMap(topic -> Stream.of(events(topic), deadLetters(topic)))
            .filter(topic -> !present.contains(topic.name()))
            .toList();
    Set<String> raced = new HashSet<>();
    for (var created : client.createTopics(missing).values().entrySet()) {
      try {
        created.getValue().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        log.info("Created topic {}", created.getKey());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
        raced.add(created.getKey());
      }
    }
    return raced;
  }

  private NewTopic events(Topic<? extends Event> topic) {
    Map<String, String> configs = new HashMap<>();
    configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, LOG_APPEND_TIME);
    configs.put(TopicConfig.COMPRESSION_TYPE_CONFIG, compression(topic));
    Duration retention = topic.retention();
    if (retention == null) {
      configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    } else {
      configs.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
    }
    return new NewTopic(topic.name(), partitions(topic), settings.replicas()).configs(configs);
  }

  private int partitions(Topic<? extends Event> topic) {
    return topic.key() == Topic.Key.SUBJECT ? 1 : settings.partitions();
  }

  private static String compression(Topic<? extends Event> topic) {
    return topic.equals(Topics.PROBE_RESULTS) ? "zstd" : "producer";
  }

  private NewTopic deadLetters(Topic<? extends Event> topic) {
    return new NewTopic(topic.deadLetters(), 1, settings.replicas())
        .configs(
            Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(DEAD_LETTERS_KEPT.toMillis())));
  }

  private void check(Admin client, Set<String> present)
      throws ExecutionException, InterruptedException, TimeoutException {
    List<Topic<? extends Event>> topics =
        Topics.all().stream().filter(topic -> present.contains(topic.name())).toList();
    Map<String, TopicDescription> descriptions =
        client
            .describeTopics(topics.stream().map(Topic::name).toList())
            .allTopicNames()
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    var configs =
        client
            .describeConfigs(topics.stream().map(TopicProvisioner::resource).toList())
            .all()
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    List<String> problems = new ArrayList<>();
    for (Topic<? extends Event> topic : topics) {
      TopicDescription description = descriptions.get(topic.name());
      int partitions = description == null ? 0 : description.partitions().size();
      if (topic.key() == Topic.Key.SUBJECT && partitions != 1) {
        problems.add(
            "topic %s has %d partitions, but its one order needs it to have one"
                .formatted(topic.name(), partitions));
      }
      if (topic.key().copartitioned() && partitions != settings.partitions()) {
        problems.add(
            "topic %s has %d partitions, but echopilot.topics.partitions is %d"
                .formatted(topic.name(), partitions, settings.partitions()));
      }
      var config = configs.get(resource(topic));
      String timestamps =
          config == null
              ? LOG_APPEND_TIME
              : config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value();
      if (!LOG_APPEND_TIME.equals(timestamps)) {
        problems.add(
            "topic %s has message.timestamp.type=%s: decisions need LogAppendTime, set it with kafka-configs"
                .formatted(topic.name(), timestamps));
      }
    }
    if (!problems.isEmpty()) {
      throw new UnfitTopicException(problems);
    }
  }

  private static ConfigResource resource(Topic<? extends Event> topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before every listener and topology. */
  @Override
  public int getPhase() {
    return 0;
  }
}
