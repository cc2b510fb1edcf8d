package io.echopilot.prober.slo;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which slots of one probe at one location were counted: ranges without a gap of more than an
 * interval, so usually one. Of more than {@value #MOST} the oldest is forgotten, and what is not
 * newer than it can't be told from a repetition any more.
 */
final class SeenSlots {
  static final int MOST = 16;

  private final List<Range> ranges = new ArrayList<>();
  private long forgotten = Long.MIN_VALUE;

  private record Range(long first, long last) {}

  /**
   * Takes a slot down; false when it was, or may have been, counted before.
   *
   * @param slot start in epoch milliseconds
   * @param interval to the next one, in milliseconds
   */
  boolean isNew(long slot, long interval) {
    if (slot <= forgotten) {
      return false;
    }
    int i = ranges.size();
    while (i > 0 && ranges.get(i - 1).first() > slot) {
      i--;
    }
    if (i > 0 && slot <= ranges.get(i - 1).last()) {
      return false;
    }
    boolean joinsBefore = i > 0 && slot - ranges.get(i - 1).last() <= interval;
    boolean joinsAfter = i < ranges.size() && ranges.get(i).first() - slot <= interval;
    insert(i, slot, joinsBefore, joinsAfter);
    return true;
  }

  private void insert(int i, long slot, boolean joinsBefore, boolean joinsAfter) {
    if (joinsBefore && joinsAfter) {
      Range after = ranges.remove(i);
      ranges.set(i - 1, new Range(ranges.get(i - 1).first(), after.last()));
    } else if (joinsBefore) {
      ranges.set(i - 1, new Range(ranges.get(i - 1).first(), slot));
    } else if (joinsAfter) {
      ranges.set(i, new Range(slot, ranges.get(i).last()));
    } else {
      ranges.add(i, new Range(slot, slot));
      if (ranges.size() > MOST) {
        forgotten = ranges.removeFirst().last();
      }
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(forgotten);
    out.writeByte(ranges.size());
    for (Range range : ranges) {
      out.writeLong(range.first());
      out.writeLong(range.last());
    }
  }

  static SeenSlots read(DataInput in) throws IOException {
    SeenSlots slots = new SeenSlots();
    slots.forgotten = in.readLong();
    int size = in.readByte();
    for (int i = 0; i < size; i++) {
      slots.ranges.add(new Range(in.readLong(), in.readLong()));
    }
    return slots;
  }
}
