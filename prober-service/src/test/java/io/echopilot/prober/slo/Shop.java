package io.echopilot.prober.slo;

import io.echopilot.events.Drift;
import io.echopilot.events.Failback;
import io.echopilot.events.InstanceId;
import io.echopilot.events.LocationId;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeCheck;
import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeEvent.EntrypointProbed;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ProbeId;
import io.echopilot.events.ProbeRun;
import io.echopilot.events.ProbeRun.Phases;
import io.echopilot.events.Quorum;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.Entrypoint;
import io.echopilot.events.ServiceDefinition.FailoverPolicy;
import io.echopilot.events.ServiceDefinition.Probe;
import io.echopilot.events.ServiceDefinition.Site;
import io.echopilot.events.ServiceDefinition.Traffic;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.Slo;
import io.echopilot.events.SloId;
import io.echopilot.events.Slot;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A service for tests, {@code shop}, and what locations see of it. */
public final class Shop {
  public static final ServiceId ID = new ServiceId("shop");
  public static final SiteId PRIMARY = new SiteId("primary");
  public static final SiteId FALLBACK = new SiteId("fallback");
  public static final ProbeId HEALTH = new ProbeId("health");

  private Shop() {}

  public static Slo availability(double objective) {
    return new Slo(
        new SloId("availability"), objective, Duration.ofDays(30), null, null, null, null, 3, null);
  }

  /** One critical probe, two sites, an entrypoint. */
  public static ServiceDefinition promising(
      Duration interval, List<String> locations, Slo... slos) {
    URI url = URI.create("http://shop.example.com");
    Duration short_ = Duration.ofSeconds(3);
    return new ServiceDefinition(
        ID,
        null,
        new Entrypoint(url, null, interval, short_),
        locations.stream().map(LocationId::new).toList(),
        Stream.of(PRIMARY, FALLBACK).map(site -> new Site(site, url)).toList(),
        List.of(
            new Probe(HEALTH, new ProbeCheck("http", Map.of()), interval, interval, short_, true)),
        new FailoverPolicy(
            3,
            short_,
            Quorum.MAJORITY,
            2,
            short_,
            short_,
            Failback.MANUAL,
            short_,
            Drift.HOLD,
            short_),
        new Traffic("edge"),
        List.of(slos),
        List.of());
  }

  public static ProbeCompleted result(
      String location, Instant slot, Duration interval, Outcome outcome) {
    return new ProbeCompleted(
        ID, PRIMARY, HEALTH, null, run(location, slot, interval, outcome, 20));
  }

  public static ProbeCompleted numbers(
      Instant slot, Duration interval, Map<String, Double> numbers) {
    return new ProbeCompleted(
        ID,
        PRIMARY,
        HEALTH,
        null,
        numbers,
        List.of(),
        run("here", slot, interval, Outcome.SUCCESS, 20));
  }

  public static ProbeCompleted slow(Instant slot, Duration interval, int millis) {
    return new ProbeCompleted(
        ID, PRIMARY, HEALTH, null, run("here", slot, interval, Outcome.SUCCESS, millis));
  }

  public static EntrypointProbed entrypoint(Instant slot, Duration interval, Outcome outcome) {
    return new EntrypointProbed(ID, null, null, run("here", slot, interval, outcome, 20));
  }

  public static ProbeRun run(
      String location, Instant slot, Duration interval, Outcome outcome, int millis) {
    @Nullable ProbeError error =
        outcome == Outcome.FAILURE ? new ProbeError(ProbeError.Kind.REFUSED, "refused") : null;
    return new ProbeRun(
        new LocationId(location),
        new InstanceId("one"),
        new Slot(slot),
        interval,
        slot,
        slot.plusMillis(millis),
        outcome,
        error,
        new Phases(null, null, null, null, Duration.ofMillis(millis)),
        false);
  }
}
