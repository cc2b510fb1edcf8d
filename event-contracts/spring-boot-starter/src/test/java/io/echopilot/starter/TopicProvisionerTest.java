package io.echopilot.starter;

import static io.echopilot.starter.StarterWorld.PATIENCE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.Topic;
import io.echopilot.events.TopicNames;
import io.echopilot.events.Topics;
import io.echopilot.starter.EchoPilotProperties.TopicSettings;
import io.echopilot.starter.TopicProvisioner.UnfitTopicException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaAdmin;

class TopicProvisionerTest {
  private static final Map<String, Object> KAFKA =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());
  private static final String HEARTBEATS = TopicNames.HEARTBEATS;
  private static Admin admin;

  @BeforeAll
  static void provision() {
    admin = Admin.create(KAFKA);
    provisioner(true, 12).start();
  }

  @AfterAll
  static void close() {
    admin.close();
  }

  private static TopicProvisioner provisioner(boolean create, int partitions) {
    return new TopicProvisioner(
        new KafkaAdmin(KAFKA), new TopicSettings(create, partitions, (short) 1));
  }

  @Test
  void everyTopicAndItsDeadLettersAreThere() throws Exception {
    Set<String> names =
        Topics.all().stream()
            .flatMap(topic -> Stream.of(topic.name(), topic.deadLetters()))
            .collect(Collectors.toSet());

    assertThat(admin.listTopics().names().get()).containsAll(names);
  }

  @Test
  void theTimelineIsOnePartition() throws Exception {
    assertThat(
            requireNonNull(
                    admin
                        .describeTopics(List.of(TopicNames.TIMELINE))
                        .allTopicNames()
                        .get()
                        .get(TopicNames.TIMELINE))
                .partitions())
        .hasSize(1);
  }

  @Test
  void topicsKeepWhatTheDesignSaysInTheBrokersTime() throws Exception {
    for (Topic<?> topic : Topics.all()) {
      Config config = config(topic.name());
      assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
      if (topic.retention() == null) {
        assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
      } else {
        assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
        assertThat(config.get("retention.ms").value()).isEqualTo("" + topic.retention().toMillis());
      }
    }
    assertThat(config(TopicNames.PROBE_RESULTS).get("compression.type").value()).isEqualTo("zstd");
  }

  @Test
  void whatIsThereIsLeftAsItIs() throws Exception {
    String retention = config(TopicNames.SLO_BREACHES).get("retention.ms").value();
    set(TopicNames.SLO_BREACHES, "retention.ms", "1234567");

    provisioner(true, 12).start();

    assertThat(config(TopicNames.SLO_BREACHES).get("retention.ms").value()).isEqualTo("1234567");
    set(TopicNames.SLO_BREACHES, "retention.ms", retention);
  }

  @Test
  void anotherPartitionCountStopsTheServiceAndNamesEachTopic() {
    assertThatThrownBy(() -> provisioner(true, 7).start())
        .isInstanceOf(UnfitTopicException.class)
        .hasMessageContaining(
            "topic echopilot.probe-results has 12 partitions, but echopilot.topics.partitions is 7")
        .hasMessageContaining("topic echopilot.services has 12 partitions");
  }

  @Test
  void topicsInTheProducersTimeStopTheServiceAndNameTheRemedy() throws Exception {
    set(HEARTBEATS, "message.timestamp.type", "CreateTime");
    try {
      assertThatThrownBy(() -> provisioner(false, 12).start())
          .isInstanceOf(UnfitTopicException.class)
          .hasMessageContaining(HEARTBEATS)
          .hasMessageContaining("set it with kafka-configs");
    } finally {
      set(HEARTBEATS, "message.timestamp.type", "LogAppendTime");
    }
  }

  private static Config config(String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return requireNonNull(admin.describeConfigs(List.of(resource)).all().get().get(resource));
  }

  private static void set(String topic, String name, String value) throws Exception {
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(new AlterConfigOp(new ConfigEntry(name, value), OpType.SET))))
        .all()
        .get();
    await().atMost(PATIENCE).until(() -> config(topic).get(name).value().equals(value));
  }
}
