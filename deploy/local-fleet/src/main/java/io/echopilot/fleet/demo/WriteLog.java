package io.echopilot.fleet.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.fasterxml.jackson.annotation.JsonValue;
import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.EventJson;
import io.echopilot.events.SiteId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every write that the edge was asked for, one JSON object per line, in the order of evaluation.
 */
final class WriteLog {
  private final Path file;
  private final Clock clock;

  WriteLog(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /** What the edge did. */
  enum Outcome {
    APPLIED("applied"),
    REPEATED("repeated"),
    REFUSED("refused");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    @JsonValue
    String text() {
      return text;
    }
  }

  /**
   * One write.
   *
   * @param service as the path had it, which nobody vouched for when the signature was wrong
   * @param site null, with what follows, when the body was not read
   * @param reason null when the write was applied
   */
  record Line(
      Instant time,
      String service,
      @Nullable SiteId site,
      @Nullable Epoch epoch,
      @Nullable DecisionId decisionId,
      Outcome outcome,
      @Nullable String reason) {}

  void decided(RouteWrite write, WriteOutcome outcome) {
    switch (outcome) {
      case WriteOutcome.Applied _ -> append(line(write, Outcome.APPLIED, null));
      case WriteOutcome.Repeated _ ->
          append(line(write, Outcome.REPEATED, "the decision had been applied before"));
      case WriteOutcome.Refused refused -> refused(write, refused.reason());
      case WriteOutcome.UnknownSite unknown -> refused(write, unknown.reason());
    }
  }

  void refused(RouteWrite write, String reason) {
    append(line(write, Outcome.REFUSED, reason));
  }

  /** For a write that was turned away before its body meant anything. */
  void refused(String service, String reason) {
    append(new Line(clock.instant(), service, null, null, null, Outcome.REFUSED, reason));
  }

  synchronized List<String> lines() {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Line line(RouteWrite write, Outcome outcome, @Nullable String reason) {
    return new Line(
        clock.instant(),
        write.service().value(),
        write.site(),
        write.epoch(),
        write.decisionId(),
        outcome,
        reason);
  }

  private synchronized void append(Line line) {
    String json = EventJson.mapper().writeValueAsString(line) + "\n";
    try {
      Files.write(file, json.getBytes(UTF_8), CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("the write log can't be written", e);
    }
  }
}
