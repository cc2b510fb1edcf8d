package io.echopilot.prober.slo;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Counts by cell of time, ten bytes each, for as long as the grain reaches back; then a cell is
 * used again.
 */
final class Ring {
  private static final long NEVER = Long.MIN_VALUE;
  private static final int MOST_FAILURES = Character.MAX_VALUE;

  private final Grain grain;
  private final float[] bad;
  private final float[] seen;
  private final char[] failures;
  private long newest = NEVER;

  Ring(Grain grain) {
    this.grain = grain;
    this.bad = new float[grain.capacity()];
    this.seen = new float[grain.capacity()];
    this.failures = new char[grain.capacity()];
  }

  /** Begins new cells up to one; those in between are empty. */
  void advance(long cell) {
    if (cell <= newest) {
      return;
    }
    long from = newest == NEVER ? cell : Math.max(newest + 1, cell - grain.capacity() + 1);
    for (long c = from; c <= cell; c++) {
      clear(index(c));
    }
    newest = cell;
  }

  private void clear(int i) {
    bad[i] = 0;
    seen[i] = 0;
    failures[i] = 0;
  }

  /** Counts in a cell that is not newer than the newest; false when it is too old. */
  boolean add(long cell, Sum more) {
    if (!holds(cell)) {
      return false;
    }
    int i = index(cell);
    bad[i] += (float) more.bad();
    seen[i] += (float) more.seen();
    failures[i] = (char) Math.min(MOST_FAILURES, failures[i] + more.failures());
    return true;
  }

  long newest() {
    return newest;
  }

  boolean isEmpty() {
    return newest == NEVER;
  }

  /** Whether anything is counted in the newest cell. */
  boolean hasNews() {
    return !isEmpty() && seen[index(newest)] > 0;
  }

  /** Over cells from one to another, both included. */
  Sum sum(long from, long to) {
    if (isEmpty()) {
      return Sum.NOTHING;
    }
    double badSum = 0;
    double seenSum = 0;
    long failureSum = 0;
    long last = Math.min(to, newest);
    for (long c = Math.max(from, newest - grain.capacity() + 1); c <= last; c++) {
      int i = index(c);
      badSum += bad[i];
      seenSum += seen[i];
      failureSum += failures[i];
    }
    return new Sum(badSum, seenSum, failureSum);
  }

  private boolean holds(long cell) {
    return cell <= newest && cell > newest - grain.capacity();
  }

  private int index(long cell) {
    return Math.floorMod(cell, grain.capacity());
  }

  static long page(long cell) {
    return Math.floorDiv(cell, Grain.PAGE);
  }

  /** Writes the cells of a page, the newest one excepted: that one changes all the time. */
  void writePage(long page, DataOutput out) throws IOException {
    for (long c = page * Grain.PAGE; c < (page + 1) * Grain.PAGE; c++) {
      if (holds(c) && c < newest) {
        writeCell(index(c), out);
      } else {
        out.writeFloat(0);
        out.writeFloat(0);
        out.writeChar(0);
      }
    }
  }

  void readPage(long page, DataInput in) throws IOException {
    for (long c = page * Grain.PAGE; c < (page + 1) * Grain.PAGE; c++) {
      float b = in.readFloat();
      float s = in.readFloat();
      char f = in.readChar();
      if (holds(c) && c < newest) {
        set(index(c), b, s, f);
      }
    }
  }

  /** Writes the newest cell. */
  void writeHead(DataOutput out) throws IOException {
    out.writeLong(newest);
    if (!isEmpty()) {
      writeCell(index(newest), out);
    }
  }

  /** Reads the newest cell into an empty ring. */
  void readHead(DataInput in) throws IOException {
    Arrays.fill(bad, 0);
    Arrays.fill(seen, 0);
    Arrays.fill(failures, '\0');
    newest = in.readLong();
    if (!isEmpty()) {
      set(index(newest), in.readFloat(), in.readFloat(), in.readChar());
    }
  }

  private void writeCell(int i, DataOutput out) throws IOException {
    out.writeFloat(bad[i]);
    out.writeFloat(seen[i]);
    out.writeChar(failures[i]);
  }

  private void set(int i, float b, float s, char f) {
    bad[i] = b;
    seen[i] = s;
    failures[i] = f;
  }
}
