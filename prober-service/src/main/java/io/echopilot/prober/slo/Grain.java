package io.echopilot.prober.slo;

import java.time.Duration;

/** How finely time is counted, and how far back. Cells are numbered from the epoch, in UTC. */
enum Grain {
  /** For windows of up to two hours. */
  FINE('f', Duration.ofSeconds(30), 21),
  /** For windows of up to three days. */
  MIDDLE('m', Duration.ofMinutes(15), 26),
  /** For budgets, of up to ninety days. */
  DAY('d', Duration.ofDays(1), 9);

  /** Cells that are kept, and written, together. */
  static final int PAGE = 12;

  private final char code;
  private final long millis;
  private final int pages;

  Grain(char code, Duration cell, int pages) {
    this.code = code;
    this.millis = cell.toMillis();
    this.pages = pages;
  }

  /** The finest that reaches over a window. */
  static Grain of(Duration window) {
    for (Grain grain : values()) {
      if (window.toMillis() / grain.millis < grain.capacity() - PAGE) {
        return grain;
      }
    }
    throw new IllegalArgumentException("no counts reach back over " + window);
  }

  /** Stands for it in what is kept. */
  char code() {
    return code;
  }

  int pages() {
    return pages;
  }

  int capacity() {
    return pages * PAGE;
  }

  long cell(long epochMilli) {
    return Math.floorDiv(epochMilli, millis);
  }

  long start(long cell) {
    return cell * millis;
  }

  /** How many whole cells a window has. */
  long cells(Duration window) {
    return window.toMillis() / millis;
  }
}
