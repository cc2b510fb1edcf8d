package io.echopilot.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {
  static Stream<Class<? extends Event>> types() {
    return EventTypes.all().stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void theCommittedSchemaIsThatOfTheRecord(Class<? extends Event> type) {
    Contracts.holds(Contracts.SCHEMAS.resolve(EventTypes.nameOf(type) + ".json"), Schemas.of(type));
  }

  @ParameterizedTest
  @MethodSource("types")
  void theGoldenFileSatisfiesTheSchema(Class<? extends Event> type) {
    assertThat(problems(Schemas.of(type), GoldenFilesTest.golden(type).toString())).isEmpty();
  }

  @Test
  void anEventWithoutARequiredFieldDoesNot() {
    assertThat(
            problems(Schemas.of(ServiceEvent.ServiceRemoved.class), "{\"service\":\"checkout\"}"))
        .containsIgnoringCase("revision");
  }

  private static String problems(String schema, String json) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(schema)
        .validate(json, InputFormat.JSON)
        .toString()
        .replace("[]", "");
  }
}
