package io.echopilot.failover.policy;

import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceId;
import io.echopilot.failover.policy.ServicesFile.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads and checks the files as a whole; problems name file, line and remedy. */
final class CatalogReader {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .addModule(new SimpleModule().addDeserializer(Duration.class, new DurationDeserializer()))
          .build();

  private final Path path;

  CatalogReader(Path path) {
    this.path = path;
  }

  /** The files' names and contents, in order of name; unreadable ones are problems. */
  record Sources(Map<String, String> contents, List<Problem> problems) {}

  Sources load() {
    Map<String, String> contents = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    try (Stream<Path> files = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
      for (Path file : files.filter(this::isYaml).toList()) {
        try {
          contents.put(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
          problems.add(new Problem(file.toString(), 0, "can't be read: " + e));
        }
      }
    } catch (IOException e) {
      problems.add(new Problem(path.toString(), 0, "can't be listed: " + e));
    }
    return new Sources(contents, problems);
  }

  private boolean isYaml(Path file) {
    String name = file.getFileName().toString();
    return file.equals(path) || name.endsWith(".yaml") || name.endsWith(".yml");
  }

  Catalog read(Sources sources) {
    Reading reading = new Reading(new ArrayList<>(sources.problems()));
    sources.contents().forEach(reading::file);
    return reading.result();
  }

  private static final class Reading {
    private final List<Problem> problems;
    private final Map<ServiceId, ServiceDefinition> definitions = new HashMap<>();
    private final Set<ServiceId> removed = new HashSet<>();
    private final Map<ServiceId, String> places = new HashMap<>();

    Reading(List<Problem> problems) {
      this.problems = problems;
    }

    void file(String name, String content) {
      Lines lines = Lines.of(content);
      try {
        ServicesFile file = YAML.readValue(content, ServicesFile.class);
        List<@Nullable Service> services = file == null ? null : file.services();
        for (int i = 0; services != null && i < services.size(); i++) {
          service(name, lines, i, services.get(i));
        }
      } catch (JacksonException e) {
        problems.add(new Problem(name, line(e, lines), reason(e)));
      }
    }

    private void service(String name, Lines lines, int index, @Nullable Service service) {
      int line = lines.of(List.of("services", Integer.toString(index)));
      if (service == null || service.id() == null) {
        problems.add(new Problem(name, line, "services[%d].id is missing".formatted(index)));
        return;
      }
      String earlier = places.putIfAbsent(service.id(), name + ":" + line);
      if (earlier != null) {
        problems.add(
            new Problem(
                name,
                line,
                "service %s is defined at %s already".formatted(service.id(), earlier)));
      } else if (service.isRemoved()) {
        removed.add(service.id());
      } else {
        define(name, line, service.id(), service);
      }
    }

    private void define(String name, int line, ServiceId id, Service service) {
      try {
        definitions.put(id, service.definition());
      } catch (IllegalArgumentException e) {
        problems.add(new Problem(name, line, "service %s: %s".formatted(id, e.getMessage())));
      }
    }

    Catalog result() {
      return problems.isEmpty()
          ? new Catalog(definitions, removed, List.of())
          : new Catalog(Map.of(), Set.of(), problems);
    }
  }

  /** The line of the value that could not be read, rather than where the parser stood by then. */
  private static int line(JacksonException e, Lines lines) {
    List<String> path =
        e.getPath().stream()
            .map(step ->
                step.getPropertyName() == null
                    ? Integer.toString(step.getIndex())
                    : step.getPropertyName())
            .toList();
    int known = lines.of(path);
    if (known > 0 && !path.isEmpty()) {
      return known;
    }
    return e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
  }

  private static String reason(JacksonException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "key \"%s\" is not known; known are %s"
          .formatted(unknown.getPropertyName(), known(unknown));
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof JacksonException json
        ? json.getOriginalMessage()
        : String.valueOf(root.getMessage());
  }

  private static String known(UnrecognizedPropertyException unknown) {
    return unknown.getKnownPropertyIds() == null
        ? "none"
        : unknown.getKnownPropertyIds().stream()
            .map(Object::toString)
            .sorted()
            .collect(Collectors.joining(", "));
  }

  /** Durations as people write them: {@code 500ms}, {@code 10s}, {@code 15m}, or ISO-8601. */
  private static final class DurationDeserializer extends StdDeserializer<Duration> {
    DurationDeserializer() {
      super(Duration.class);
    }

    @Override
    public @Nullable Duration deserialize(JsonParser json, DeserializationContext context) {
      String text = json.getString();
      try {
        if (text.matches("[+-]?\\d+")) {
          throw new IllegalArgumentException();
        }
        return DurationStyle.detectAndParse(text);
      } catch (IllegalArgumentException e) {
        return (Duration)
            context.handleWeirdStringValue(
                Duration.class, text, "write a number with a unit, such as 500ms, 10s, 15m or 1h");
      }
    }
  }
}
