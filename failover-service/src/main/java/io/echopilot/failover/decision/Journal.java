package io.echopilot.failover.decision;

import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.Evidence;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.Rationale;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceDefinition.FailoverPolicy;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of the decision: the state as it changes and the events that say so. Lives for one call
 * and is seen by nobody else, so the decision as a whole stays a function.
 */
final class Journal {
  private static final Duration DAY = Duration.ofDays(1);

  private final @Nullable RecordPosition cause;
  private final List<FailoverEvent> events = new ArrayList<>();
  private ServiceState service;

  Journal(ServiceState service, @Nullable RecordPosition cause) {
    this.service = service;
    this.cause = cause;
  }

  ServiceState service() {
    return service;
  }

  List<FailoverEvent> events() {
    return events;
  }

  Ballot ballot() {
    return new Ballot(service.definition(), service.facts(), service.now());
  }

  ServiceId id() {
    return service.definition().id();
  }

  FailoverPolicy policy() {
    return service.definition().failover();
  }

  Instant now() {
    return service.now();
  }

  boolean isDue(Instant deadline) {
    return !service.now().isBefore(deadline);
  }

  /** Enters a state and says why. All events of a transition share one rationale. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  final void enter(
      State next,
      List<String> rules,
      List<Evidence> evidence,
      Function<Rationale, FailoverEvent>... saying) {
    enter(next, rules, evidence, List.of(saying));
  }

  void enter(
      State next,
      List<String> rules,
      List<Evidence> evidence,
      List<Function<Rationale, FailoverEvent>> saying) {
    service = service.entering(next, rules);
    Rationale rationale =
        new Rationale(service.sequence(), now(), cause, service.hash(), rules, evidence);
    for (Function<Rationale, FailoverEvent> event : saying) {
      events.add(event.apply(rationale));
    }
  }

  /** The state changed in its bookkeeping only: nothing to tell. */
  void refine(ServiceState changed) {
    service = changed;
  }

  void route(Route route) {
    service = service.with(route, now(), null);
    raise(route.epoch());
  }

  void raise(Epoch seen) {
    service = service.with(Epoch.max(service.issued(), seen), service.failovers());
  }

  /** Issues the next epoch. */
  Epoch nextEpoch() {
    Epoch next = service.issued().next();
    service = service.with(next, service.failovers());
    return next;
  }

  void countFailover() {
    List<Instant> lastDay = new ArrayList<>(service.failovers());
    lastDay.removeIf(when -> when.plus(DAY).isBefore(now()));
    lastDay.add(now());
    service = service.with(service.issued(), lastDay);
  }

  /** The wait before a failback: doubled with each failover within a day beyond the first. */
  Duration failbackWait() {
    long lastDay =
        service.failovers().stream().filter(when -> !when.plus(DAY).isBefore(now())).count();
    Duration longest =
        policy().failbackAfter().compareTo(policy().failbackCap()) > 0
            ? policy().failbackAfter()
            : policy().failbackCap();
    Duration wait = policy().failbackAfter();
    for (long more = 1; more < lastDay && wait.compareTo(longest) < 0; more++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longest) > 0 ? longest : wait;
  }

  /** Made from what led to the decision: another decision under the same epoch has another id. */
  DecisionId decisionId(Epoch epoch, SiteId to) {
    String from =
        String.join("|", id().value(), epoch.toString(), to.value(), "" + cause, "" + now());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(from.getBytes(StandardCharsets.UTF_8));
      return new DecisionId(HexFormat.of().formatHex(hash, 0, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
    }
  }
}
