package io.echopilot.prober.anomaly;

import io.echopilot.events.AnomalyKind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds what is unusual in one series, value by value. Each {@link View} of a value says how
 * strongly it stands out, {@link Rarity} how rare that is by this series' own past; the score is
 * the mean of the six rarest, averaged with what it was of late, since what matters lasts. One set
 * of constants serves all series. Not for use by two threads.
 *
 * <p>It keeps at most {@link #BYTES} bytes, however long the series.
 */
public final class Detector {
  /** An alarm is a score of at least this. */
  public static final double THRESHOLD = 1.4;

  private static final double ECHO_RATE = 0.25;

  /** Values before anything can be called unusual. */
  private static final int WARM_UP = 100;

  /** The longer the past, the rarer must be what is called unusual; within these pasts. */
  private static final double LENGTH_WEIGHT = 0.4;

  private static final int REFERENCE_LENGTH = 1_000;
  private static final int SHORTEST = 300;
  private static final int LONGEST = 20_000;

  /** Values after an alarm in which nothing is another one: one anomaly, one event. */
  private static final int DEAD_TIME = 200;

  /** And no longer than this, in milliseconds, where values are few. */
  private static final long LONGEST_DEAD_TIME = 18 * 3_600_000L;

  /** Expected is what lies within so many mean absolute deviations: some 99.8 % of normal noise. */
  private static final double RANGE = 4;

  /** Values in a row within the range that end an anomaly. */
  private static final int CALM = 15;

  /** Values that may be missing in a row of a series that never missed one. */
  private static final int ABSENCE = 15;

  /** So much longer than the longest absence before. */
  private static final double ABSENCE_FACTOR = 2;

  private static final double ABSENCE_FADING = 0.999;

  /** Values beyond are taken for this: squares and sums of them stay finite. */
  private static final double LARGEST = 1e30;

  /** The most that one takes, as written. */
  public static final int BYTES =
      Views.BYTES
          + Rarity.bytes(View.COUNT)
          + 2 * Double.BYTES
          + 2 * Long.BYTES
          + 3 * Integer.BYTES
          + 2 * Byte.BYTES;

  private static final byte VERSION = 2;

  private final Views views = new Views();
  private final Rarity rarity = new Rarity(View.COUNT);

  private double echo;

  private long lastAt = Long.MIN_VALUE;
  private long alarmAt;
  private int sinceAlarm = DEAD_TIME;
  private int calm;
  private int absent;
  private double longestAbsence;
  private boolean open;

  private final Rarest rarest = new Rarest();

  /**
   * Looks at the next value.
   *
   * @param epochMilli when it was so: a value that is not newer than the last one, or that is not a
   *     number, teaches nothing and is called usual
   */
  public Verdict observe(long epochMilli, double value) {
    if (epochMilli <= lastAt || Double.isNaN(value)) {
      return new Verdict.Usual(0);
    }
    lastAt = epochMilli;
    present();
    double taken = Math.clamp(value, -LARGEST, LARGEST);
    double score = score(epochMilli, taken);
    sinceAlarm = Math.min(sinceAlarm + 1, DEAD_TIME);
    if (score >= THRESHOLD && !isDead(epochMilli) && isOdd(taken)) {
      begins(epochMilli);
      return new Verdict.Detected(score, kind(taken), low(), high(), taken);
    }
    return clears(taken) ? new Verdict.Cleared(score) : new Verdict.Usual(score);
  }

  private void present() {
    longestAbsence = Math.max(absent, ABSENCE_FADING * longestAbsence);
    absent = 0;
  }

  /**
   * Says that there is no value where there should have been one: the source was asked, and did not
   * tell. A moment of which nothing is known is left out instead; it is no evidence.
   */
  public Verdict absent(long epochMilli) {
    if (epochMilli <= lastAt) {
      return new Verdict.Usual(0);
    }
    lastAt = epochMilli;
    absent = Math.min(absent + 1, Integer.MAX_VALUE - 1);
    calm = 0;
    boolean usual = absent <= Math.max(ABSENCE, ABSENCE_FACTOR * longestAbsence);
    if (usual || open || views.seen() <= WARM_UP) {
      return new Verdict.Usual(0);
    }
    begins(epochMilli);
    views.expect(epochMilli);
    return new Verdict.Detected(THRESHOLD, AnomalyKind.SILENCE, low(), high(), views.last());
  }

  private void begins(long epochMilli) {
    open = true;
    calm = 0;
    sinceAlarm = 0;
    alarmAt = epochMilli;
  }

  private boolean isDead(long epochMilli) {
    return sinceAlarm < DEAD_TIME && epochMilli - alarmAt < LONGEST_DEAD_TIME;
  }

  private boolean clears(double value) {
    calm = value >= low() && value <= high() ? Math.min(calm + 1, CALM) : 0;
    if (open && calm == CALM) {
      open = false;
      return true;
    }
    return false;
  }

  private double score(long epochMilli, double value) {
    double[] strengths = views.look(epochMilli, value);
    rarest.clear();
    for (int view = 0; view < View.COUNT; view++) {
      rarest.add(view, rarity.decades(view, strengths[view], View.of(view).memory()));
    }
    rarity.add(strengths);
    double mean = rarest.mean();
    double lasting = (mean + echo) / 2;
    echo += ECHO_RATE * (mean - echo);
    return lasting
        - LENGTH_WEIGHT
            * Math.log10((double) Math.clamp(views.seen(), SHORTEST, LONGEST) / REFERENCE_LENGTH);
  }

  /** What is odd at one moment only must lie outside of the range. */
  private boolean isOdd(double value) {
    boolean outside = value < low() || value > high();
    return views.seen() > WARM_UP && (outside || !isMomentary(rarest.strongest().kind()));
  }

  /** What stood out most names it. */
  private AnomalyKind kind(double value) {
    AnomalyKind kind = rarest.strongest().kind();
    if (!isMomentary(kind)) {
      return kind;
    }
    return value > high() ? AnomalyKind.SPIKE : AnomalyKind.DIP;
  }

  private static boolean isMomentary(AnomalyKind kind) {
    return kind == AnomalyKind.SPIKE || kind == AnomalyKind.DIP;
  }

  private double low() {
    return views.expected() - RANGE * views.scale();
  }

  private double high() {
    return views.expected() + RANGE * views.scale();
  }

  /** Whether an anomaly that was told of is not over yet. */
  public boolean isOpen() {
    return open;
  }

  /** At most {@link #BYTES}; {@link #of} makes of them one that goes on the same. */
  public byte[] toBytes() {
    ByteBuffer to = ByteBuffer.allocate(BYTES);
    to.put(VERSION);
    views.write(to);
    rarity.write(to);
    to.putDouble(echo).putLong(lastAt).putLong(alarmAt).putInt(sinceAlarm).putInt(calm);
    to.putInt(absent).putDouble(longestAbsence);
    to.put((byte) (open ? 1 : 0));
    return Arrays.copyOf(to.array(), to.position());
  }

  /** As it was when it was written; empty when another version wrote it. */
  public static Optional<Detector> of(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    if (from.get() != VERSION) {
      return Optional.empty();
    }
    Detector detector = new Detector();
    detector.views.read(from);
    detector.rarity.read(from);
    detector.echo = from.getDouble();
    detector.lastAt = from.getLong();
    detector.alarmAt = from.getLong();
    detector.sinceAlarm = from.getInt();
    detector.calm = from.getInt();
    detector.absent = from.getInt();
    detector.longestAbsence = from.getDouble();
    detector.open = from.get() != 0;
    return Optional.of(detector);
  }
}
