package io.echopilot.failover.decision;

import io.echopilot.events.Evidence;
import io.echopilot.events.LocationId;
import io.echopilot.events.ProbeId;
import io.echopilot.events.Rationale;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.FailoverPolicy;
import io.echopilot.events.ServiceDefinition.Probe;
import io.echopilot.events.ServiceDefinition.Site;
import io.echopilot.events.SiteId;
import io.echopilot.events.Vote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the listed locations say of each site, at one moment. Unknown is not down. */
public final class Ballot {
  private final ServiceDefinition definition;
  private final FailoverPolicy policy;
  private final Facts facts;
  private final Instant now;

  public Ballot(ServiceDefinition definition, Facts facts, Instant now) {
    this.definition = definition;
    this.policy = definition.failover();
    this.facts = facts;
    this.now = now;
  }

  /** How many of the listed locations must agree. */
  public int needed() {
    return policy.locations().needed(definition.locations().size());
  }

  /** Down or up when enough locations say so, else unknown. */
  public Vote vote(SiteId site) {
    if (count(location -> vote(site, location) == Vote.DOWN) >= needed()) {
      return Vote.DOWN;
    }
    return count(location -> vote(site, location) == Vote.UP) >= needed() ? Vote.UP : Vote.UNKNOWN;
  }

  /** A location's vote: down when any critical probe is, up when all are fresh and none is. */
  public Vote vote(SiteId site, LocationId location) {
    if (critical().anyMatch(probe -> isDown(site, location, probe))) {
      return Vote.DOWN;
    }
    return critical().allMatch(probe -> isFresh(site, location, probe)) ? Vote.UP : Vote.UNKNOWN;
  }

  private boolean isDown(SiteId site, LocationId location, Probe probe) {
    return isFresh(site, location, probe)
        && track(site, location, probe.id()).isDown(policy.failures(), policy.window());
  }

  private boolean isFresh(SiteId site, LocationId location, Probe probe) {
    return track(site, location, probe.id()).isFreshAt(now, probe.timeout());
  }

  /** Whether some location sees the site fail at this moment, however little, or it is unusual. */
  public boolean isSuspect(SiteId site) {
    return isFailing(site) || anomaly(site).isPresent();
  }

  boolean isFailing(SiteId site) {
    return count(location -> sees(site, location, track -> track.failuresInARow() > 0)) > 0;
  }

  /** The newest that lasts. It makes a site suspect and never more: it has no vote. */
  Optional<Note> anomaly(SiteId site) {
    return facts.notes().stream()
        .filter(note -> note.isAnomaly() && note.site().equals(site))
        .reduce((_, newer) -> newer);
  }

  private boolean sees(SiteId site, LocationId location, Predicate<Track> what) {
    return critical()
        .anyMatch(probe ->
            isFresh(site, location, probe) && what.test(track(site, location, probe.id())));
  }

  /** Whether enough locations have enough fresh successes in a row for traffic to go there. */
  public boolean isTarget(SiteId site) {
    return vote(site) != Vote.DOWN && count(location -> recommends(site, location)) >= needed();
  }

  boolean recommends(SiteId site, LocationId location) {
    return critical()
        .allMatch(probe ->
            isFresh(site, location, probe)
                && track(site, location, probe.id()).successesInARow()
                    >= policy.fallbackSuccesses());
  }

  /** The first site in order that traffic may go to, other than those given. */
  public Optional<SiteId> firstTarget(List<SiteId> except) {
    return definition.sites().stream()
        .map(Site::id)
        .filter(site -> !except.contains(site) && isTarget(site))
        .findFirst();
  }

  /** Since when enough locations have seen the site healthy, each by its own slots. */
  public Optional<Instant> healthySince(SiteId site) {
    return definition.locations().stream()
        .flatMap(location -> healthySince(site, location).stream())
        .sorted()
        .skip(needed() - 1L)
        .findFirst();
  }

  private Optional<Instant> healthySince(SiteId site, LocationId location) {
    List<Optional<Instant>> each =
        critical()
            .map(probe -> Optional.ofNullable(track(site, location, probe.id()).healthySince()))
            .toList();
    return each.stream().allMatch(Optional::isPresent)
        ? each.stream().flatMap(Optional::stream).max(Comparator.naturalOrder())
        : Optional.empty();
  }

  /** Whether enough locations saw this site answer at the entrypoint in a slot not before then. */
  public boolean entrypointShows(SiteId site, Instant notBefore) {
    return count(location -> {
      Sighting sighting = facts.sightings().get(location);
      return sighting != null
          && site.equals(sighting.servedBy())
          && !sighting.slot().start().isBefore(notBefore);
    })
        >= needed();
  }

  /** When the first vote that is fresh now becomes stale. */
  public Optional<Instant> firstStale() {
    return definition.sites().stream()
        .flatMap(site -> definition.locations().stream().map(location -> new Pair(site, location)))
        .flatMap(pair ->
            critical()
                .filter(probe -> isFresh(pair.site().id(), pair.location(), probe))
                .flatMap(probe ->
                    track(pair.site().id(), pair.location(), probe.id())
                        .staleAfter(probe.timeout())
                        .stream()))
        .min(Comparator.naturalOrder());
  }

  private record Pair(Site site, LocationId location) {}

  /** The failures behind a site's down vote and what burns there. */
  List<Evidence> against(SiteId site) {
    Stream<Evidence> failures =
        evidence(site, track -> newest(track, track.failuresInARow(), policy.failures()));
    Stream<Evidence> notes =
        facts.notes().stream()
            .filter(note -> note.site().equals(site))
            .map(note -> evidence(note.position(), site, note.sentence()));
    return Stream.concat(failures, notes).limit(Rationale.MOST_EVIDENCE).toList();
  }

  /** The successes that recommend a site. */
  List<Evidence> inFavourOf(SiteId site) {
    return evidence(
            site, track -> newest(track, track.successesInARow(), policy.fallbackSuccesses()))
        .limit(Rationale.MOST_EVIDENCE)
        .toList();
  }

  /** What was seen at the entrypoint. */
  List<Evidence> entrypoint() {
    List<Evidence> all = new ArrayList<>();
    for (LocationId location : definition.locations()) {
      Sighting seen = facts.sightings().get(location);
      if (seen != null && all.size() < Rationale.MOST_EVIDENCE) {
        RecordPosition at = seen.position();
        all.add(
            new Evidence(
                at.topic(),
                at.partition(),
                at.offset(),
                seen.servedBy(),
                location,
                null,
                seen.slot(),
                seen.finding()));
      }
    }
    return all;
  }

  private Stream<Evidence> evidence(
      SiteId site, java.util.function.Function<Track, List<Observation>> choice) {
    return definition.locations().stream()
        .flatMap(location ->
            critical()
                .flatMap(probe ->
                    choice.apply(track(site, location, probe.id())).reversed().stream()
                        .map(seen -> evidence(site, location, probe.id(), seen))));
  }

  private static List<Observation> newest(Track track, int streak, int most) {
    int size = track.observations().size();
    return track.observations().subList(size - Math.min(streak, most), size);
  }

  private static Evidence evidence(
      SiteId site, LocationId location, ProbeId probe, Observation seen) {
    RecordPosition at = seen.position();
    return new Evidence(
        at.topic(),
        at.partition(),
        at.offset(),
        site,
        location,
        probe,
        seen.slot(),
        seen.finding());
  }

  private static Evidence evidence(RecordPosition at, SiteId site, String finding) {
    return new Evidence(at.topic(), at.partition(), at.offset(), site, null, null, null, finding);
  }

  private int count(Predicate<LocationId> what) {
    return (int) definition.locations().stream().filter(what).count();
  }

  Stream<Probe> critical() {
    return definition.probes().stream().filter(Probe::critical);
  }

  Track track(SiteId site, LocationId location, ProbeId probe) {
    return facts.track(new TrackKey(site, location, probe));
  }
}
