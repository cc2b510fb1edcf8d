package io.echopilot.prober.slo;

import io.echopilot.events.LocationId;
import io.echopilot.events.ProbeEvent;
import io.echopilot.events.ProbeRun;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.SloEvent;
import io.echopilot.events.SloEvent.Level;
import io.echopilot.events.SloEvent.SloRecovered;
import io.echopilot.events.SloEvent.SloStatus;
import io.echopilot.events.SloId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was promised of one site, or of the service at its entrypoint, and what came of it. Each
 * slot of each probe and location counts once, however late it comes.
 */
public final class Ledger {
  /** A slot further ahead comes from a clock that can't be trusted. */
  private static final Duration MOST_AHEAD = Duration.ofMinutes(1);

  private static final byte VERSION = 1;
  private static final String HEAD = "head";

  /** No objective's name. */
  private static final String WORK = "";

  private static final long LOOK = Duration.ofSeconds(30).toMillis();
  private static final long FARTHEST_BACK = Duration.ofDays(1).toMillis();
  private static final double MILLIS = 1e3;

  private final ServiceId service;
  private final @Nullable SiteId site;
  private final Set<LocationId> locations;
  private final Calendar calendar;
  private final Map<String, Series> series = new LinkedHashMap<>();
  private final Map<String, SeenSlots> tracks = new HashMap<>();

  /** Seconds of announced work. */
  private final Counts excluded = new Counts();

  private long lookedUntil = Long.MIN_VALUE;
  private boolean unsaved;

  Ledger(
      ServiceId service,
      @Nullable SiteId site,
      Collection<LocationId> locations,
      Calendar calendar,
      List<Promise> promises) {
    this.service = service;
    this.site = site;
    this.locations = Set.copyOf(locations);
    this.calendar = calendar;
    promises.forEach(promise -> series.put(promise.key(), new Series(promise)));
  }

  /** Null for the service at its entrypoint. */
  public @Nullable SiteId site() {
    return site;
  }

  /** Counts a result; false when it changes nothing. */
  public boolean count(ProbeEvent event, long now) {
    ProbeRun run = event.run();
    long slot = run.slot().start().toEpochMilli();
    if (!run.outcome().isTelling()
        || run.locationImpaired()
        || !locations.contains(run.location())
        || slot > now + MOST_AHEAD.toMillis()
        || !isNew(event, slot)) {
      return false;
    }
    unsaved = true;
    advance(slot);
    boolean works = calendar.covers(slot);
    for (Series each : series.values()) {
      Sum more = each.promise().weigh(event);
      if (more.seen() > 0) {
        each.seen(slot, run.interval());
        if (!works) {
          each.counts().add(slot, more);
        }
      }
    }
    return true;
  }

  private boolean isNew(ProbeEvent event, long slot) {
    String track = event.run().location() + "/" + Promise.source(event);
    return tracks
        .computeIfAbsent(track, _ -> new SeenSlots())
        .isNew(slot, event.run().interval().toMillis());
  }

  /** Looks at every objective: what began to burn, and what is over. */
  public List<SloEvent> changes(long now) {
    look(now);
    List<SloEvent> changes = new ArrayList<>();
    series.values().forEach(each -> changes.addAll(judge(each, now).changes()));
    unsaved |= !changes.isEmpty();
    return changes;
  }

  /** What would end each breach that is open. */
  List<SloRecovered> open(Instant now) {
    List<SloRecovered> open = new ArrayList<>();
    for (Series each : series.values()) {
      for (Level level : each.open()) {
        open.add(new SloRecovered(service, site, each.promise().slo().id(), level, now));
      }
    }
    return open;
  }

  boolean watches(SloId slo) {
    return series.values().stream().anyMatch(each -> each.promise().slo().id().equals(slo));
  }

  /** How every objective stands, with a day's record. */
  public List<SloStatus> statuses(long now, LocalDate day) {
    return series.values().stream().map(each -> judge(each, now).status(day)).toList();
  }

  private Judge judge(Series each, long now) {
    return new Judge(service, site, each, excluded, now);
  }

  /** Takes down what was announced work since the last look, a day back at most. */
  private void look(long now) {
    advance(now);
    for (long t = Math.max(lookedUntil, now - FARTHEST_BACK); t < now; t += LOOK) {
      if (calendar.covers(t)) {
        excluded.add(t, new Sum(0, Math.min(LOOK, now - t) / MILLIS, 0));
        unsaved = true;
      }
    }
    lookedUntil = Math.max(lookedUntil, now);
  }

  private void advance(long epochMilli) {
    excluded.advance(epochMilli);
    series.values().forEach(each -> each.counts().advance(epochMilli));
  }

  /**
   * Keeps what has changed; that time has passed alone is no change.
   *
   * @param keep takes a key and what is to be kept under it
   */
  public void save(BiConsumer<String, byte[]> keep) {
    if (!unsaved) {
      return;
    }
    unsaved = false;
    keep.accept(HEAD, Bytes.of(this::writeHead));
    savePages(WORK, excluded, keep);
    series.forEach((key, each) -> savePages(key, each.counts(), keep));
  }

  private static void savePages(String key, Counts counts, BiConsumer<String, byte[]> keep) {
    for (Counts.Page page : counts.takeChanged()) {
      keep.accept(key + "/" + page.key(), Bytes.of(out -> counts.write(page, out)));
    }
  }

  private void writeHead(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(lookedUntil);
    excluded.writeHead(out);
    out.writeInt(tracks.size());
    for (Map.Entry<String, SeenSlots> track : tracks.entrySet()) {
      out.writeUTF(track.getKey());
      track.getValue().write(out);
    }
    out.writeInt(series.size());
    for (Map.Entry<String, Series> each : series.entrySet()) {
      byte[] head = Bytes.of(each.getValue()::writeHead);
      out.writeUTF(each.getKey());
      out.writeInt(head.length);
      out.write(head);
    }
  }

  /**
   * Takes over what was kept; of objectives that are no more, nothing.
   *
   * @param kept what is kept under a key, or null
   */
  public void load(Function<String, byte @Nullable []> kept) {
    byte[] head = kept.apply(HEAD);
    if (head != null) {
      Bytes.read(head, this::readHead);
      loadPages(WORK, excluded, kept);
      series.forEach((key, each) -> loadPages(key, each.counts(), kept));
    }
  }

  private void readHead(DataInput in) throws IOException {
    byte version = in.readByte();
    if (version != VERSION) {
      throw new IllegalStateException(
          "the counts of %s are of version %d, and only %d is known"
              .formatted(service, version, VERSION));
    }
    lookedUntil = in.readLong();
    excluded.readHead(in);
    for (int left = in.readInt(); left > 0; left--) {
      String track = in.readUTF();
      SeenSlots slots = SeenSlots.read(in);
      if (locations.contains(new LocationId(track.substring(0, track.indexOf('/'))))) {
        tracks.put(track, slots);
      }
    }
    for (int left = in.readInt(); left > 0; left--) {
      Series known = series.get(in.readUTF());
      byte[] head = new byte[in.readInt()];
      in.readFully(head);
      if (known != null) {
        Bytes.read(head, known::readHead);
      }
    }
  }

  private static void loadPages(
      String key, Counts counts, Function<String, byte @Nullable []> kept) {
    for (Counts.Page page : counts.pages()) {
      byte[] bytes = kept.apply(key + "/" + page.key());
      if (bytes != null) {
        Bytes.read(bytes, in -> counts.read(page, in));
      }
    }
  }
}
