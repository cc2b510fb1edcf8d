package io.echopilot.failover.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.exc.InvalidFormatException;

/**
 * What is wrong with one file. Notes a value that can't be read and goes on without it, so that a
 * person hears of all mistakes at once.
 */
final class FileProblems extends DeserializationProblemHandler {
  private static final int CHECK_DEPTH = 5;

  private final String file;
  private final Lines lines;
  private final List<Problem> found = new ArrayList<>();
  private final Set<String> misreadServices = new HashSet<>();

  FileProblems(String file, Lines lines) {
    this.file = file;
    this.lines = lines;
  }

  int count() {
    return found.size();
  }

  /** In order of line. */
  List<Problem> found() {
    return found.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
  }

  /** Whether something of this service could not be read: then the rest of it says little. */
  boolean isMisread(int service) {
    return misreadServices.contains(Integer.toString(service));
  }

  void add(List<String> path, String reason) {
    found.add(new Problem(file, lines.of(path), reason));
  }

  /** The parser gave up. */
  void add(JacksonException e) {
    if (e instanceof InvalidFormatException value && !e.getPath().isEmpty()) {
      List<String> path = e.getPath().stream().map(FileProblems::step).toList();
      add(
          path,
          "%s must be %s, but is %s"
              .formatted(path.getLast(), wanted(value.getTargetType()), value.getValue()));
      return;
    }
    int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
    found.add(new Problem(file, line, e.getOriginalMessage()));
  }

  private static String step(JacksonException.Reference step) {
    return step.getPropertyName() == null
        ? Integer.toString(step.getIndex())
        : step.getPropertyName();
  }

  private void misread(JsonParser json, @Nullable String property, String reason) {
    List<String> path = new ArrayList<>();
    for (JsonPointer step = json.streamReadContext().pathAsPointer();
        step != null && !step.matches();
        step = step.tail()) {
      path.add(step.getMatchingProperty());
    }
    if (property != null && (path.isEmpty() || !path.getLast().equals(property))) {
      path.add(property);
    }
    if (path.size() > 1 && !isCheck(path)) {
      misreadServices.add(path.get(1));
    }
    String field = path.isEmpty() ? "the file" : path.getLast();
    add(path, reason.formatted(field));
  }

  /** Inside {@code services/0/probes/0/http}: the rest of the service can be judged without. */
  private static boolean isCheck(List<String> path) {
    return path.size() >= CHECK_DEPTH
        && path.get(2).equals("probes")
        && !ProbeSettings.OF_ALL_KINDS.contains(path.get(CHECK_DEPTH - 1));
  }

  @Override
  public boolean handleUnknownProperty(
      DeserializationContext context,
      JsonParser json,
      @Nullable ValueDeserializer<?> deserializer,
      Object target,
      String property) {
    Collection<?> known = deserializer == null ? null : deserializer.getKnownPropertyNames();
    misread(
        json,
        property,
        "key \"%s\" is not known; known are "
            + String.join(
                ", ",
                Objects.requireNonNullElse(known, List.of()).stream()
                    .map(Object::toString)
                    .sorted()
                    .toList()));
    json.skipChildren();
    return true;
  }

  @Override
  public @Nullable Object handleWeirdStringValue(
      DeserializationContext context, Class<?> target, String value, String message) {
    String shown = value.replace("%", "%%");
    boolean speaks = target.getPackageName().startsWith("io.echopilot.");
    misread(
        context.getParser(),
        null,
        speaks
            ? message.replace("%", "%%")
            : "%s must be " + wanted(target) + ", but is \"" + shown + "\"");
    return null;
  }

  private static String wanted(Class<?> target) {
    if (target == Duration.class) {
      return "a number with a unit, such as 500ms, 10s, 15m or 1h";
    }
    if (target == Integer.class) {
      return "a whole number";
    }
    if (target == Double.class) {
      return "a number";
    }
    return target == Boolean.class ? "true or false" : "a valid " + target.getSimpleName();
  }

  @Override
  public @Nullable Object handleUnexpectedToken(
      DeserializationContext context,
      JavaType target,
      JsonToken token,
      JsonParser json,
      String message) {
    String is =
        switch (token) {
          case START_OBJECT -> "a mapping";
          case START_ARRAY -> "a list";
          default -> "\"" + json.getString().replace("%", "%%") + "\"";
        };
    misread(json, null, "%s must be " + wanted(target) + ", but is " + is);
    json.skipChildren();
    return null;
  }

  private static String wanted(JavaType target) {
    if (target.isCollectionLikeType()) {
      return "a list";
    }
    return target.isMapLikeType() || target.isRecordType()
        ? "a mapping"
        : wanted(target.getRawClass());
  }

  @Override
  public @Nullable Object handleMissingInstantiator(
      DeserializationContext context,
      Class<?> target,
      ValueInstantiator instantiator,
      JsonParser json,
      String message) {
    misread(
        json, null, "%s must be a mapping, but is \"" + json.getString().replace("%", "%%") + "\"");
    json.skipChildren();
    return null;
  }

  @Override
  public @Nullable Object handleInstantiationProblem(
      DeserializationContext context,
      Class<?> target,
      @Nullable Object argument,
      Throwable problem) {
    Throwable refusal = problem;
    while (refusal instanceof JacksonException && refusal.getCause() != null) {
      refusal = refusal.getCause();
    }
    misread(context.getParser(), null, String.valueOf(refusal.getMessage()).replace("%", "%%"));
    return null;
  }
}
