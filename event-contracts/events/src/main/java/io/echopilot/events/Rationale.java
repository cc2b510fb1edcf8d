package io.echopilot.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a transition happened: enough to understand it without a log and to compute it again.
 *
 * @param sequence number of the transition, counted from 1 per service
 * @param now the time that the decision used: an append time or a deadline, never running backwards
 * @param cause the record that led to it; null when a deadline did
 * @param policyHash SHA-256 (hex) of the definition in force
 * @param rules which rules fired, in order, each a sentence
 * @param evidence what they rest on, newest first, at most {@value #MOST_EVIDENCE}
 */
public record Rationale(
    long sequence,
    Instant now,
    @Nullable RecordPosition cause,
    String policyHash,
    List<String> rules,
    List<Evidence> evidence) {
  public static final int MOST_EVIDENCE = 32;

  public Rationale {
    Checks.atLeast("rationale.sequence", 1, sequence);
    Checks.present("rationale.now", now);
    Checks.text("rationale.policyHash", policyHash);
    rules = List.copyOf(Checks.present("rationale.rules", rules));
    evidence = List.copyOf(Checks.present("rationale.evidence", evidence));
    if (evidence.size() > MOST_EVIDENCE) {
      throw new IllegalArgumentException(
          "rationale.evidence holds at most %d, but has %d"
              .formatted(MOST_EVIDENCE, evidence.size()));
    }
  }
}
