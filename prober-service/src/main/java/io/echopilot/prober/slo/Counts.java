package io.echopilot.prober.slo;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The same counts at every grain, and which of their pages have changed since they were kept. */
final class Counts {
  private static final double MILLIS = 1e3;

  private final Map<Grain, Ring> rings = new EnumMap<>(Grain.class);
  private final Set<Page> changed = new HashSet<>();

  /**
   * Cells that are kept together.
   *
   * @param number of the first cell, divided by how many a page has
   */
  record Page(Grain grain, long number) {
    /** Under which it is kept, in place of the one that it follows a round later. */
    String key() {
      return grain.code() + Long.toString(Math.floorMod(number, (long) grain.pages()));
    }
  }

  Counts() {
    for (Grain grain : Grain.values()) {
      rings.put(grain, new Ring(grain));
    }
  }

  /** Nothing is counted later than this. */
  void advance(long epochMilli) {
    rings.forEach((grain, ring) -> {
      long cell = grain.cell(epochMilli);
      if (cell > ring.newest()) {
        if (ring.hasNews()) {
          changed.add(new Page(grain, Ring.page(ring.newest())));
        }
        ring.advance(cell);
      }
    });
  }

  void add(long epochMilli, Sum more) {
    rings.forEach((grain, ring) -> {
      long cell = grain.cell(epochMilli);
      if (ring.add(cell, more) && cell < ring.newest()) {
        changed.add(new Page(grain, Ring.page(cell)));
      }
    });
  }

  /** Over a window that ends now; a little more where its beginning lies within a cell. */
  Sum sum(Duration window, long now) {
    Grain grain = Grain.of(window);
    return ring(grain).sum(first(window, grain, now), grain.cell(now));
  }

  /** Of the day in which a moment lies. */
  Sum day(long epochMilli) {
    long cell = Grain.DAY.cell(epochMilli);
    return ring(Grain.DAY).sum(cell, cell);
  }

  /** Seconds over which {@link #sum} sums. */
  static double seconds(Duration window, long now) {
    Grain grain = Grain.of(window);
    return (now - grain.start(first(window, grain, now))) / MILLIS;
  }

  /** The cell in which a window begins; of a budget's whole days today is the last. */
  private static long first(Duration window, Grain grain, long now) {
    long cells = grain.cells(window);
    return grain.cell(now) - (grain == Grain.DAY ? cells - 1 : cells);
  }

  private Ring ring(Grain grain) {
    return requireNonNull(rings.get(grain));
  }

  /**
   * The pages to keep anew, each once; those that are forgotten by now would take others' place.
   */
  Collection<Page> takeChanged() {
    if (changed.isEmpty()) {
      return List.of();
    }
    List<Page> taken = changed.stream().filter(this::isHeld).toList();
    changed.clear();
    return taken;
  }

  private boolean isHeld(Page page) {
    return page.number() > Ring.page(ring(page.grain()).newest()) - page.grain().pages();
  }

  /** Every page that there can be. */
  Collection<Page> pages() {
    List<Page> all = new ArrayList<>();
    rings.forEach((grain, ring) -> {
      if (!ring.isEmpty()) {
        long last = Ring.page(ring.newest());
        for (long number = last - grain.pages() + 1; number <= last; number++) {
          all.add(new Page(grain, number));
        }
      }
    });
    return all;
  }

  void write(Page page, DataOutput out) throws IOException {
    out.writeLong(page.number());
    ring(page.grain()).writePage(page.number(), out);
  }

  /** Reads a page that was kept; one of an earlier round is passed over. */
  void read(Page page, DataInput in) throws IOException {
    if (in.readLong() == page.number()) {
      ring(page.grain()).readPage(page.number(), in);
    }
  }

  void writeHead(DataOutput out) throws IOException {
    for (Ring ring : rings.values()) {
      ring.writeHead(out);
    }
  }

  void readHead(DataInput in) throws IOException {
    for (Ring ring : rings.values()) {
      ring.readHead(in);
    }
  }
}
