package io.echopilot.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What was once written must stay readable: a golden file is never edited, only added. */
class GoldenFilesTest {
  private static final JsonMapper JSON = EventJson.mapper();

  static Stream<Class<? extends Event>> types() {
    return EventTypes.all().stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyEventTypeHasAGoldenFileThatIsReadAndWrittenBackUnchanged(Class<? extends Event> type) {
    JsonNode golden = golden(type);
    Event event = JSON.treeToValue(golden, type);

    assertThat(JSON.readTree(JSON.writeValueAsString(event))).isEqualTo(golden);
  }

  @ParameterizedTest
  @MethodSource("types")
  void aFieldOfALaterVersionIsIgnored(Class<? extends Event> type) {
    ObjectNode later = ((ObjectNode) golden(type)).put("addedLater", "something");

    assertThat(JSON.treeToValue(later, type)).isEqualTo(JSON.treeToValue(golden(type), type));
  }

  static JsonNode golden(Class<? extends Event> type) {
    Path file = Contracts.GOLDEN.resolve(EventTypes.nameOf(type) + ".json");
    if (!Files.exists(file) && Contracts.updating()) {
      Contracts.write(
          file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(Samples.of(type)) + "\n");
    }
    assertThat(file).as("a new event type needs a golden file").exists();
    return JSON.readTree(Contracts.read(file));
  }
}
