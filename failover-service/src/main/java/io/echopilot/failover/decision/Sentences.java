package io.echopilot.failover.decision;

import io.echopilot.events.LocationId;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.SiteId;
import io.echopilot.events.Vote;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** How rules and votes read. */
final class Sentences {
  private Sentences() {}

  static String down(Ballot ballot, ServiceDefinition definition, SiteId site) {
    List<LocationId> down =
        definition.locations().stream()
            .filter(location -> ballot.vote(site, location) == Vote.DOWN)
            .toList();
    return "%s is down: %d of %d locations vote so (%s), %d needed, each after %d failures in a row within %s"
        .formatted(
            site,
            down.size(),
            definition.locations().size(),
            names(down),
            ballot.needed(),
            definition.failover().failures(),
            duration(definition.failover().window()));
  }

  static String target(Ballot ballot, ServiceDefinition definition, SiteId site) {
    List<LocationId> well =
        definition.locations().stream()
            .filter(location -> ballot.recommends(site, location))
            .toList();
    return "%s is the first healthy site in order: %d of %d locations had %d fresh successes in a row (%s)"
        .formatted(
            site,
            well.size(),
            definition.locations().size(),
            definition.failover().fallbackSuccesses(),
            names(well));
  }

  static String suspicion(Ballot ballot, SiteId site) {
    return ballot.isFailing(site)
        ? "%s fails at some location, not enough to act on".formatted(site)
        : "%s is unusual, which is not enough to act on: %s"
            .formatted(site, ballot.anomaly(site).map(Note::sentence).orElseThrow());
  }

  private static String names(List<LocationId> locations) {
    return locations.stream().map(LocationId::value).collect(Collectors.joining(", "));
  }

  /** A moment for people and programs: ISO-8601, to the second. */
  static String time(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** A duration for people: {@code 15m}, {@code 1h 30m}, {@code 0.5s}. */
  static String duration(Duration duration) {
    return duration.isZero()
        ? "0s"
        : duration
            .toString()
            .substring(2)
            .replaceAll("([HM])(?=.)", "$1 ")
            .toLowerCase(java.util.Locale.ROOT);
  }
}
