package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.TypeScope;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas (draft 2020-12) of the events, generated from their records. */
final class Schemas {
  private static final String NAME = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$";
  private static final Map<Class<?>, String> FORMATS =
      Map.of(
          Instant.class, "date-time",
          LocalDate.class, "date",
          Slot.class, "date-time",
          Duration.class, "duration",
          URI.class, "uri");

  private static final SchemaGenerator GENERATOR = generator();

  private Schemas() {}

  static String of(Class<? extends Event> type) {
    ObjectNode schema = GENERATOR.generateSchema(type);
    EventType annotation = Objects.requireNonNull(type.getAnnotation(EventType.class));
    ObjectNode titled = EventJson.mapper().createObjectNode();
    titled.set("$schema", schema.remove("$schema"));
    titled.put("$id", "urn:echopilot:event:" + annotation.value());
    titled.put("description", annotation.summary());
    titled.setAll(schema);
    return EventJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(titled) + "\n";
  }

  private static SchemaGenerator generator() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(Option.DEFINITIONS_FOR_ALL_OBJECTS);
    config
        .forTypesInGeneral()
        .withCustomDefinitionProvider((type, _) -> {
          Class<?> raw = type.getErasedType();
          return text(raw).map(CustomDefinition::new).orElse(null);
        });
    config.forTypesInGeneral().withTypeAttributeOverride(Schemas::checkByKind);
    config
        .forFields()
        .withIgnoreCheck(field -> field.getAnnotation(JsonIgnore.class) != null)
        .withRequiredCheck(field -> {
          Class<?> owner = field.getDeclaringType().getErasedType();
          return owner.isRecord() && !isOptional(owner, field.getName());
        });
    return new SchemaGenerator(config.build());
  }

  private static void checkByKind(
      ObjectNode schema, TypeScope scope, SchemaGenerationContext context) {
    if (scope.getType().getErasedType().equals(ServiceDefinition.Probe.class)) {
      schema
          .putObject("additionalProperties")
          .put(
              "description",
              "The one whose value is an object is the check: its kind and that kind's settings");
    }
  }

  private static Optional<ObjectNode> text(Class<?> type) {
    ObjectNode schema = EventJson.mapper().createObjectNode().put("type", "string");
    if (FORMATS.containsKey(type)) {
      return Optional.of(schema.put("format", FORMATS.get(type)));
    }
    if (type.equals(Object.class)) {
      return Optional.of(EventJson.mapper().createObjectNode());
    }
    if (type.isEnum()) {
      ArrayNode values = schema.putArray("enum");
      Arrays.stream(type.getEnumConstants())
          .forEach(each -> values.add(EventJson.mapper().convertValue(each, String.class)));
      return Optional.of(schema);
    }
    boolean oneText =
        type.isRecord()
            && type.getRecordComponents().length == 1
            && type.getRecordComponents()[0].getName().equals("value");
    if (!oneText) {
      return Optional.empty();
    }
    boolean free =
        type.equals(InstanceId.class)
            || type.equals(DecisionId.class)
            || type.equals(IncidentId.class);
    if (type.equals(BackupId.class)) {
      return Optional.of(schema.put("pattern", "^dr_backup_[0-9]{8}_[0-9]{6}_[a-z0-9-]{1,63}$"));
    }
    return Optional.of(free ? schema.put("minLength", 1) : schema.put("pattern", NAME));
  }

  private static boolean isOptional(Class<?> owner, String name) {
    return Arrays.stream(owner.getRecordComponents())
        .filter(component -> component.getName().equals(name))
        .anyMatch(component ->
            component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                || component.getAccessor().isAnnotationPresent(JsonInclude.class));
  }
}
