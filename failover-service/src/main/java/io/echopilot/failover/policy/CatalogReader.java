package io.echopilot.failover.policy;

import io.echopilot.events.LocationId;
import io.echopilot.events.ProbeId;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.SloId;
import io.echopilot.failover.policy.ServicesFile.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads and checks the files as a whole; problems name file, line and remedy. */
final class CatalogReader {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .addModule(
              new SimpleModule()
                  .addDeserializer(ServiceId.class, new Text<>(ServiceId.class, ServiceId::new))
                  .addDeserializer(SiteId.class, new Text<>(SiteId.class, SiteId::new))
                  .addDeserializer(LocationId.class, new Text<>(LocationId.class, LocationId::new))
                  .addDeserializer(ProbeId.class, new Text<>(ProbeId.class, ProbeId::new))
                  .addDeserializer(SloId.class, new Text<>(SloId.class, SloId::new))
                  .addDeserializer(ProbeSettings.class, new ProbeSettings.Reader())
                  .addDeserializer(URI.class, new Text<>(URI.class, URI::create))
                  .addDeserializer(
                      Duration.class, new Text<>(Duration.class, CatalogReader::duration)))
          .build();

  private final Path path;
  private final Set<String> endpoints;

  /**
   * Reads a file, or all of a folder.
   *
   * @param endpoints the edges that this instance is configured for
   */
  CatalogReader(Path path, Set<String> endpoints) {
    this.path = path;
    this.endpoints = new TreeSet<>(endpoints);
  }

  /** The files' names and contents, in order of name; unreadable ones are problems. */
  record Sources(Map<String, String> contents, List<Problem> problems) {}

  Sources load() {
    Map<String, String> contents = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    try (Stream<Path> files = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
      for (Path file : files.filter(this::isYaml).sorted().toList()) {
        try {
          contents.put(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
          problems.add(new Problem(file.toString(), 0, reason(e)));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      problems.add(new Problem(path.toString(), 0, "can't be listed: " + e.getMessage()));
    }
    return new Sources(contents, problems);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ ->
          "is not there; create it, or say where it is with echopilot.failover.services";
      case AccessDeniedException _ -> "may not be read by this process";
      case CharacterCodingException _ -> "can't be read: it is not UTF-8";
      default -> "can't be read: " + e.getMessage();
    };
  }

  private boolean isYaml(Path file) {
    String name = file.getFileName().toString();
    return file.equals(path) || name.endsWith(".yaml") || name.endsWith(".yml");
  }

  Catalog read(Sources sources) {
    Reading reading = new Reading(new ArrayList<>(sources.problems()), endpoints);
    sources.contents().forEach(reading::file);
    return reading.result(path);
  }

  private static final class Reading {
    private final List<Problem> problems;
    private final Map<ServiceId, ServiceDefinition> definitions = new HashMap<>();
    private final Map<ServiceId, Place> removed = new HashMap<>();
    private final Map<ServiceId, Place> places = new HashMap<>();
    private final Set<String> endpoints;

    Reading(List<Problem> problems, Set<String> endpoints) {
      this.problems = problems;
      this.endpoints = endpoints;
    }

    void file(String name, String content) {
      try {
        Lines lines = Lines.of(content);
        if (!lines.isEmpty()) {
          services(name, content, lines);
        }
      } catch (MarkedYamlEngineException e) {
        int line = mark(e).map(mark -> mark.getLine() + 1).orElse(0);
        problems.add(new Problem(name, line, "is no YAML: " + e.getProblem()));
      } catch (YamlEngineException e) {
        problems.add(new Problem(name, 0, "is no YAML: " + e.getMessage()));
      }
    }

    /** A bracket that is never closed is noticed lines later: there it is where it opens. */
    private static Optional<Mark> mark(MarkedYamlEngineException e) {
      boolean isBracket = e.getContext() != null && e.getContext().contains("flow");
      return isBracket ? e.getContextMark() : e.getProblemMark();
    }

    private void services(String name, String content, Lines lines) {
      FileProblems found = new FileProblems(name, lines);
      try {
        ServicesFile file =
            YAML.readerFor(ServicesFile.class).withHandler(found).readValue(content);
        List<@Nullable Service> services = file == null ? null : file.services();
        for (int i = 0; services != null && i < services.size(); i++) {
          List<String> path = List.of("services", Integer.toString(i));
          Place place = new Place(name, lines.of(path));
          service(found, path, place, services.get(i), found.isMisread(i));
        }
      } catch (JacksonException e) {
        found.add(e);
      }
      problems.addAll(found.found());
    }

    private void service(
        FileProblems found,
        List<String> path,
        Place place,
        @Nullable Service service,
        boolean misread) {
      if (service == null || service.id() == null) {
        if (!misread) {
          found.add(path, "services[%s].id is missing".formatted(path.getLast()));
        }
        return;
      }
      Place earlier = places.putIfAbsent(service.id(), place);
      if (earlier != null) {
        found.add(path, "service %s is defined at %s already".formatted(service.id(), earlier));
      } else if (service.isRemoved()) {
        removed.put(service.id(), place);
      } else if (!misread) {
        new ServiceCheck(found, path, service, endpoints)
            .definition()
            .ifPresent(definition -> definitions.put(definition.id(), definition));
      }
    }

    Catalog result(Path path) {
      if (problems.isEmpty() && definitions.isEmpty() && removed.isEmpty()) {
        problems.add(
            new Problem(
                path.toString(),
                0,
                "defines no service, so nothing changes; a service that need not be protected any"
                    + " more is listed with removed: true"));
      }
      return problems.isEmpty()
          ? new Catalog(definitions, removed, List.of())
          : new Catalog(Map.of(), Map.of(), problems);
    }
  }

  /** A value that is written as a text; what its type refuses is a problem and not the end. */
  private static final class Text<T> extends StdDeserializer<T> {
    private final Function<String, T> parse;

    Text(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    @SuppressWarnings("unchecked") // a problem's substitute is null
    public @Nullable T deserialize(JsonParser json, DeserializationContext context) {
      if (!json.currentToken().isScalarValue()) {
        return (T) context.handleUnexpectedToken(context.constructType(handledType()), json);
      }
      String text = json.getString();
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        return (T) context.handleWeirdStringValue(handledType(), text, "%s", e.getMessage());
      }
    }
  }

  /** As people write them: {@code 500ms}, {@code 10s}, {@code 15m}, or ISO-8601. */
  private static Duration duration(String text) {
    if (text.matches("[+-]?\\d+")) {
      throw new IllegalArgumentException("a unit is missing");
    }
    return DurationStyle.detectAndParse(text);
  }
}
