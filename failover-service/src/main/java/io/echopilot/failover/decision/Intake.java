package io.echopilot.failover.decision;

import io.echopilot.events.AnomalyEvent;
import io.echopilot.events.AnomalyEvent.AnomalyCleared;
import io.echopilot.events.AnomalyEvent.AnomalyDetected;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeEvent;
import io.echopilot.events.ProbeEvent.EntrypointProbed;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ProbeRun;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.Probe;
import io.echopilot.events.SiteId;
import io.echopilot.events.SloEvent;
import io.echopilot.events.SloEvent.SloBreached;
import io.echopilot.events.SloEvent.SloRecovered;
import io.echopilot.events.SloEvent.SloStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes what was said into the facts; what can't count is kept out and the reason is remembered.
 */
final class Intake {
  /** A result that took longer from its completion to the topic is no news. */
  static final Duration MOST_DELAY = Duration.ofSeconds(5);

  /** Clocks that are kept by NTP differ by less; one that is further ahead can't be trusted. */
  static final Duration MOST_AHEAD = Duration.ofSeconds(1);

  private static final int LONGEST = 300;

  private Intake() {}

  static Facts probe(
      ServiceDefinition definition, Facts facts, ProbeEvent event, RecordPosition at, Instant now) {
    if (!definition.locations().contains(event.run().location())) {
      return facts;
    }
    return switch (event) {
      case ProbeCompleted completed -> completed(definition, facts, completed, at, now);
      case EntrypointProbed probed -> entrypoint(facts, probed, at, now);
    };
  }

  private static Facts completed(
      ServiceDefinition definition,
      Facts facts,
      ProbeCompleted event,
      RecordPosition at,
      Instant now) {
    Optional<Probe> probe = definition.probe(event.probe());
    if (probe.isEmpty() || !definition.hasSite(event.site())) {
      return facts;
    }
    TrackKey key = new TrackKey(event.site(), event.run().location(), event.probe());
    Track track = facts.track(key);
    Optional<String> doubt = doubt(event.run(), probe.get().timeout(), now);
    if (doubt.isPresent()) {
      return facts.with(key, track.doubting(doubt.get()));
    }
    int needed =
        Math.max(definition.failover().failures(), definition.failover().fallbackSuccesses());
    return facts.with(key, track.with(observation(event.run(), at), needed, probe.get().timeout()));
  }

  private static Facts entrypoint(
      Facts facts, EntrypointProbed event, RecordPosition at, Instant now) {
    ProbeRun run = event.run();
    Sighting before = facts.sightings().get(run.location());
    boolean older = before != null && !before.slot().isBefore(run.slot());
    if (older || doubt(run, run.interval(), now).isPresent()) {
      return facts;
    }
    String finding = event.servedBy() == null ? finding(run) : "served by " + event.servedBy();
    return facts.with(run.location(), new Sighting(run.slot(), event.servedBy(), finding, at));
  }

  /** Why a run says nothing of its target; empty when it counts. */
  private static Optional<String> doubt(ProbeRun run, Duration timeout, Instant now) {
    if (run.locationImpaired()) {
      return Optional.of("the location can't reach its own references");
    }
    if (!run.outcome().isTelling()) {
      return Optional.of(nothingLearnt(run));
    }
    if (run.completedAt().isAfter(now.plus(MOST_AHEAD))) {
      return Optional.of("completed in the future: the location's clock is fast");
    }
    if (run.completedAt().plus(MOST_DELAY).isBefore(now)) {
      return Optional.of("completed more than 5 s before it arrived: late news or a slow clock");
    }
    if (run.slot().start().isAfter(run.completedAt().plus(MOST_AHEAD))) {
      return Optional.of("its slot lies after its end");
    }
    boolean stale = Track.isStaleAt(observation(run, NOWHERE), now, timeout);
    return stale ? Optional.of("older than two intervals and the time-out") : Optional.empty();
  }

  private static String nothingLearnt(ProbeRun run) {
    return run.outcome() == Outcome.OVERRAN
        ? "the run before was still going"
        : "the run could not be carried out: " + finding(run);
  }

  private static final RecordPosition NOWHERE = new RecordPosition("none", 0, 0);

  private static Observation observation(ProbeRun run, RecordPosition at) {
    return new Observation(
        run.slot(), run.outcome() == Outcome.SUCCESS, run.interval(), finding(run), at);
  }

  private static String finding(ProbeRun run) {
    return run.error() == null ? run.outcome().value() : shortened(run.error().message());
  }

  /** What others write is copied into events, up to 32 times: an event must stay writable. */
  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** A site's; what the service as a whole suffers says nothing of where to go. */
  static Facts slo(Facts facts, SloEvent event, RecordPosition at) {
    SiteId site = event.site();
    if (site == null) {
      return facts;
    }
    return switch (event) {
      case SloBreached breach ->
          facts.with(
              new Note(
                  site,
                  key(event, breach.level()),
                  "%s burns its budget at %.1f times the even rate over %s"
                      .formatted(event.slo(), breach.burnRate(), breach.longWindow()),
                  at));
      case SloRecovered over ->
          facts.without(new Note(site, key(event, over.level()), "recovered", at));
      case SloStatus _ -> facts;
    };
  }

  private static String key(SloEvent event, SloEvent.Level level) {
    return "slo/%s/%s".formatted(event.slo(), level.value());
  }

  static Facts anomaly(Facts facts, AnomalyEvent event, RecordPosition at) {
    String key = Note.anomalyKey(shortened(event.series()));
    return switch (event) {
      case AnomalyDetected seen ->
          facts.with(new Note(event.site(), key, shortened(sentence(seen)), at));
      case AnomalyCleared _ -> facts.without(new Note(event.site(), key, "cleared", at));
    };
  }

  private static String sentence(AnomalyDetected seen) {
    String sentence = seen.sentence();
    return sentence == null
        ? "%s is %s, expected %s to %s"
            .formatted(seen.series(), seen.value(), seen.expectedLow(), seen.expectedHigh())
        : sentence;
  }
}
