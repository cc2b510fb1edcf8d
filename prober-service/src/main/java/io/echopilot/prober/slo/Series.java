package io.echopilot.prober.slo;

import io.echopilot.events.SloEvent.Level;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The counts of one objective at one place, and which levels of breach are open. */
final class Series {
  private final Promise promise;
  private final List<BurnRule> rules;
  private final Counts counts = new Counts();
  private final Set<Level> open = EnumSet.noneOf(Level.class);
  private long seenUntil = Long.MIN_VALUE;

  Series(Promise promise) {
    this.promise = promise;
    this.rules = BurnRule.of(promise.slo());
  }

  Promise promise() {
    return promise;
  }

  List<BurnRule> rules() {
    return rules;
  }

  Counts counts() {
    return counts;
  }

  /** The levels of which a breach is open; to be changed. */
  Set<Level> open() {
    return open;
  }

  boolean isSeenAfter(long epochMilli) {
    return seenUntil > epochMilli;
  }

  /** Something was seen that held for an interval. */
  void seen(long slot, Duration interval) {
    seenUntil = Math.max(seenUntil, slot + interval.toMillis());
  }

  void writeHead(DataOutput out) throws IOException {
    counts.writeHead(out);
    out.writeLong(seenUntil);
    out.writeBoolean(open.contains(Level.PAGE));
    out.writeBoolean(open.contains(Level.TICKET));
  }

  void readHead(DataInput in) throws IOException {
    counts.readHead(in);
    seenUntil = in.readLong();
    open.clear();
    if (in.readBoolean()) {
      open.add(Level.PAGE);
    }
    if (in.readBoolean()) {
      open.add(Level.TICKET);
    }
  }
}
