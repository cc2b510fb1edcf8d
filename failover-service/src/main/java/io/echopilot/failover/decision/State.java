package io.echopilot.failover.decision;

import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.SiteId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The states of a service's route; each holds only what is valid in it. */
public sealed interface State {

  /** The route has not been read back yet. */
  record Unknown() implements State {}

  /** Traffic flows, nothing is under way. */
  sealed interface Resting extends State {}

  /** On the primary. */
  record Steady() implements Resting {}

  /** On a fallback; the primary is not healthy yet. */
  record FailedOver() implements Resting {}

  /** On a fallback; the primary is healthy and the wait runs. */
  record Recovering(Instant healthySince, Instant failbackAt) implements Resting {}

  /** Back on the primary, which is watched for a while. */
  record Observing(Instant until) implements Resting {}

  /** The active site failed somewhere, or is unusual: not enough to act on. */
  record Suspect(Resting before, SiteId site) implements State {}

  /** The active site is down and no other is healthy. */
  record Blocked(Resting before, SiteId site) implements State {}

  /** Traffic is being moved. */
  sealed interface Moving extends State {
    Move move();

    Moving with(Move move);
  }

  /** Away from a failing site, or to where it should have been. */
  record Switching(Purpose purpose, Move move) implements Moving {
    @Override
    public Switching with(Move changed) {
      return new Switching(purpose, changed);
    }
  }

  /** Back to the primary. */
  record SwitchingBack(Move move) implements Moving {
    @Override
    public SwitchingBack with(Move changed) {
      return new SwitchingBack(changed);
    }
  }

  /** Nothing is moved until a person releases it. */
  record Held(String reason) implements State {}

  /** Why traffic is moved other than back. */
  enum Purpose {
    FAILOVER,
    /** The edge has no route or another than decided. */
    REASSERT
  }

  /**
   * A switch under way.
   *
   * @param from null when the edge had no route
   * @param attempt counted from 1
   * @param deadline when the step ends without an answer
   */
  record Move(
      @Nullable SiteId from,
      SiteId to,
      Epoch epoch,
      DecisionId decisionId,
      int attempt,
      Instant startedAt,
      Step step,
      Instant deadline) {
    Move at(Step next, Instant until) {
      return new Move(from, to, epoch, decisionId, attempt, startedAt, next, until);
    }

    Move retry(Instant until) {
      return new Move(from, to, epoch, decisionId, attempt + 1, startedAt, Step.REQUESTED, until);
    }
  }

  /** How far a switch is. */
  enum Step {
    /** The actuator was asked. */
    REQUESTED,
    /** The attempt failed; the next begins at the deadline. */
    WAITING_TO_RETRY,
    /** The edge has switched; the entrypoint must show it. */
    CONFIRMING
  }
}
