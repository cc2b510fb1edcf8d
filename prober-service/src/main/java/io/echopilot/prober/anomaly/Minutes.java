package io.echopilot.prober.anomaly;

import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ProbeRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes series of the results of one probe at one site: a value per minute for latency, for the
 * share of failures, and for each number that the probe reads. Of each location the mean, of the
 * locations the median, so that one of them that is far away, or away, moves little.
 *
 * <p>A result counts if it is newer than the last of its location, and its minute is still open.
 */
public final class Minutes {
  /** Mean time of the runs that succeeded, in milliseconds. */
  public static final String LATENCY = "latency";

  /** Share of the runs that failed. */
  public static final String ERRORS = "errors";

  /** Numbers beyond so many are not looked at, nor those that are called like a series above. */
  static final int MOST_NUMBERS = 16;

  /** Locations beyond so many are not looked at. */
  static final int MOST_LOCATIONS = 16;

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  /** How long after its end a minute stays open for results that are under way. */
  private static final long GRACE = Duration.ofSeconds(20).toMillis();

  /** What claims to be further in the future comes from a wrong clock. */
  private static final long AHEAD = Duration.ofSeconds(10).toMillis();

  /** Fewer failures in a minute are none: a single lost packet is no anomaly. */
  private static final int LEAST_BAD = 3;

  private static final byte VERSION = 1;

  private final List<String> names = new ArrayList<>();
  private final Map<String, Long> newest = new TreeMap<>();
  private final TreeMap<Long, Map<String, Tally>> open = new TreeMap<>();
  private long closed = Long.MIN_VALUE;

  /**
   * A minute that is over.
   *
   * @param end its end, milliseconds since 1970
   * @param values by series; empty where there should have been a value; a series of which nothing
   *     is known is not among them
   */
  public record Minute(long end, Map<String, OptionalDouble> values) {}

  /**
   * Counts a result.
   *
   * @param now milliseconds since 1970
   * @return whether it counted
   */
  public boolean count(ProbeCompleted event, long now) {
    ProbeRun run = event.run();
    long slot = run.slot().start().toEpochMilli();
    long minute = Math.floorDiv(slot, MINUTE);
    String location = run.location().value();
    boolean counts =
        run.outcome().isTelling()
            && !run.locationImpaired()
            && minute >= closed
            && slot <= now + AHEAD
            && slot > newest.getOrDefault(location, Long.MIN_VALUE)
            && (newest.containsKey(location) || newest.size() < MOST_LOCATIONS);
    if (counts) {
      newest.put(location, slot);
      add(open.computeIfAbsent(minute, _ -> new TreeMap<>()), location, event);
    }
    return counts;
  }

  private void add(Map<String, Tally> tallies, String location, ProbeCompleted event) {
    event.numbers().keySet().forEach(this::know);
    Tally tally = tallies.computeIfAbsent(location, _ -> new Tally(MOST_NUMBERS));
    if (event.run().outcome() == Outcome.FAILURE) {
      tally.failed();
    } else {
      tally.succeeded(millis(event.run()));
    }
    event
        .numbers()
        .forEach((name, value) -> {
          int number = names.indexOf(name);
          if (number >= 0 && Double.isFinite(value)) {
            tally.read(number, value);
          }
        });
  }

  private void know(String name) {
    boolean free = !name.equals(LATENCY) && !name.equals(ERRORS) && !names.contains(name);
    if (free && names.size() < MOST_NUMBERS) {
      names.add(name);
    }
  }

  private static double millis(ProbeRun run) {
    Duration took =
        run.phases() == null
            ? Duration.between(run.startedAt(), run.completedAt())
            : run.phases().total();
    return took.toNanos() / 1e6;
  }

  /** The minutes that are over by now, oldest first. */
  public List<Minute> close(long now) {
    if (!isOver(now)) {
      return List.of();
    }
    List<Minute> over = new ArrayList<>();
    while (isOver(now)) {
      Map.Entry<Long, Map<String, Tally>> first = open.pollFirstEntry();
      closed = first.getKey() + 1;
      over.add(new Minute(closed * MINUTE, values(List.copyOf(first.getValue().values()))));
    }
    return over;
  }

  /** Whether the oldest open minute is. */
  private boolean isOver(long now) {
    return !open.isEmpty() && (open.firstKey() + 1) * MINUTE + GRACE <= now;
  }

  private Map<String, OptionalDouble> values(List<Tally> tallies) {
    Map<String, OptionalDouble> values = new HashMap<>();
    int good = tallies.stream().mapToInt(Tally::good).sum();
    int bad = tallies.stream().mapToInt(Tally::bad).sum();
    values.put(ERRORS, OptionalDouble.of(bad < LEAST_BAD ? 0 : (double) bad / (good + bad)));
    if (good > 0) {
      values.put(LATENCY, median(tallies, Tally::latency));
      for (int i = 0; i < names.size(); i++) {
        int number = i;
        values.put(names.get(i), median(tallies, tally -> tally.number(number)));
      }
    }
    return values;
  }

  private static OptionalDouble median(List<Tally> tallies, Function<Tally, OptionalDouble> of) {
    double[] sorted =
        tallies.stream().map(of).flatMapToDouble(OptionalDouble::stream).sorted().toArray();
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    int middle = sorted.length / 2;
    return OptionalDouble.of(
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
  }

  /** All that is needed to go on the same after {@link #of}. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(VERSION);
      out.writeLong(closed);
      out.writeByte(names.size());
      for (String name : names) {
        out.writeUTF(name);
      }
      out.writeByte(newest.size());
      for (Map.Entry<String, Long> each : newest.entrySet()) {
        out.writeUTF(each.getKey());
        out.writeLong(each.getValue());
      }
      out.writeByte(open.size());
      for (Map.Entry<Long, Map<String, Tally>> minute : open.entrySet()) {
        out.writeLong(minute.getKey());
        out.writeByte(minute.getValue().size());
        for (Map.Entry<String, Tally> tally : minute.getValue().entrySet()) {
          out.writeUTF(tally.getKey());
          tally.getValue().write(out, names.size());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** As it was when it was written; empty when another version wrote it. */
  public static Optional<Minutes> of(byte[] bytes) {
    Minutes minutes = new Minutes();
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      if (in.readByte() != VERSION) {
        return Optional.empty();
      }
      minutes.closed = in.readLong();
      for (int left = in.readByte(); left > 0; left--) {
        minutes.names.add(in.readUTF());
      }
      for (int left = in.readByte(); left > 0; left--) {
        minutes.newest.put(in.readUTF(), in.readLong());
      }
      for (int left = in.readByte(); left > 0; left--) {
        Map<String, Tally> tallies = new TreeMap<>();
        minutes.open.put(in.readLong(), tallies);
        for (int each = in.readByte(); each > 0; each--) {
          tallies.put(in.readUTF(), Tally.read(in, MOST_NUMBERS, minutes.names.size()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(minutes);
  }
}
