package io.echopilot.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** The AsyncAPI 3.0 document names every topic and every event. */
class AsyncApiTest {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .build();

  private static final int PARTITIONS = 12;

  @Test
  void theCommittedDocumentIsThatOfTopicsAndEvents() {
    Contracts.holds(Contracts.ASYNCAPI, YAML.writeValueAsString(document()));
  }

  @Test
  void noTopicAndNoEventIsMissing() {
    String document = Contracts.read(Contracts.ASYNCAPI);

    assertThat(Topics.all())
        .allSatisfy(topic -> assertThat(document).contains("address: " + topic.name() + "\n"));
    assertThat(EventTypes.all())
        .allSatisfy(
            type -> assertThat(document).contains("name: " + EventTypes.nameOf(type) + "\n"));
  }

  private static Map<String, Object> document() {
    Map<String, Object> channels = new LinkedHashMap<>();
    Map<String, Object> operations = new LinkedHashMap<>();
    Map<String, Object> messages = new LinkedHashMap<>();
    for (Topic<? extends Event> topic : Topics.all()) {
      String id = topic.name().substring("echopilot.".length());
      channels.put(id, channel(topic));
      operations.put(
          "receive-" + id, map("action", "receive", "channel", map("$ref", "#/channels/" + id)));
      EventTypes.recordsOf(topic.family())
          .forEach(type -> messages.put(EventTypes.nameOf(type), message(type)));
    }
    return map(
        "asyncapi",
        "3.0.0",
        "info",
        map(
            "title",
            "EchoPilot DR",
            "version",
            "1.0.0",
            "description",
            "CloudEvents 1.0 over Kafka in binary content mode. Attributes are ce_ headers, the value is the JSON of the data.",
            "license",
            map("name", "Apache-2.0")),
        "defaultContentType",
        "application/json",
        "channels",
        channels,
        "operations",
        operations,
        "components",
        map("messages", messages, "schemas", map("cloudEventHeaders", headers())));
  }

  private static Map<String, Object> channel(Topic<? extends Event> topic) {
    Map<String, Object> messages = new LinkedHashMap<>();
    EventTypes.recordsOf(topic.family())
        .map(EventTypes::nameOf)
        .forEach(name -> messages.put(name, map("$ref", "#/components/messages/" + name)));
    Map<String, Object> configuration =
        topic.retention() == null
            ? map("cleanup.policy", List.of("compact"))
            : map(
                "cleanup.policy",
                List.of("delete"),
                "retention.ms",
                Objects.requireNonNull(topic.retention()).toMillis());
    return map(
        "address",
        topic.name(),
        "description",
        topic.summary(),
        "messages",
        messages,
        "bindings",
        map(
            "kafka",
            map(
                "partitions",
                topic.key() == Topic.Key.SUBJECT ? 1 : PARTITIONS,
                "topicConfiguration",
                configuration)));
  }

  private static Map<String, Object> message(Class<? extends Event> type) {
    EventType annotation = Objects.requireNonNull(type.getAnnotation(EventType.class));
    return map(
        "name",
        annotation.value(),
        "summary",
        annotation.summary(),
        "contentType",
        "application/json",
        "headers",
        map("$ref", "#/components/schemas/cloudEventHeaders"),
        "payload",
        map("$ref", "./schemas/" + annotation.value() + ".json"));
  }

  private static Map<String, Object> headers() {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String name :
        List.of(
            EventCodec.SPEC_VERSION,
            EventCodec.ID,
            EventCodec.SOURCE,
            EventCodec.TYPE,
            EventCodec.SUBJECT,
            EventCodec.TIME,
            EventCodec.TRACEPARENT)) {
      properties.put(name, map("type", "string"));
    }
    return map(
        "type",
        "object",
        "required",
        List.of(
            EventCodec.SPEC_VERSION,
            EventCodec.ID,
            EventCodec.SOURCE,
            EventCodec.TYPE,
            EventCodec.TIME),
        "properties",
        properties);
  }

  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
