package io.echopilot.prober.publish;

import io.echopilot.events.Event;
import io.echopilot.events.HeartbeatEvent.LocationHeartbeat;
import io.echopilot.events.InstanceId;
import io.echopilot.events.LocationEvent.LocationImpaired;
import io.echopilot.events.LocationEvent.LocationRecovered;
import io.echopilot.events.LocationId;
import io.echopilot.prober.location.SelfDoubt;
import io.echopilot.starter.EventPublisher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what this location saw. Never blocks; what Kafka does not take is lost and said so. */
public final class Reporter implements SelfDoubt.Listener {
  private static final Logger log = LoggerFactory.getLogger(Reporter.class);
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final EventPublisher publisher;
  private final LocationId location;
  private final InstanceId instance;
  private final Clock clock;
  private final KafkaContact contact;
  private final AtomicReference<Instant> lastComplaint = new AtomicReference<>(Instant.EPOCH);

  public Reporter(
      EventPublisher publisher,
      LocationId location,
      InstanceId instance,
      Clock clock,
      KafkaContact contact) {
    this.publisher = publisher;
    this.location = location;
    this.instance = instance;
    this.clock = clock;
    this.contact = contact;
  }

  /**
   * Publishes an event.
   *
   * @param id made from location, target and slot, so that a repetition can be dropped
   */
  void publish(Event event, String id) {
    contact.sent(clock.instant());
    var _ =
        publisher
            .publish(event, id)
            .whenComplete((_, failure) -> {
              if (failure == null) {
                contact.taken(clock.instant());
              } else {
                contact.lost(clock.instant());
                complain(failure);
              }
            });
  }

  void alive() {
    Instant now = clock.instant();
    publish(
        new LocationHeartbeat(location, instance, now),
        "%s/%s/heartbeat/%s".formatted(location, instance, now));
  }

  private void complain(Throwable failure) {
    Instant now = clock.instant();
    Instant last = lastComplaint.get();
    if (now.isAfter(last.plus(QUIET)) && lastComplaint.compareAndSet(last, now)) {
      log.warn(
          "Kafka does not take results, they are lost; further losses are only counted: {}",
          failure.toString());
    }
  }

  @Override
  public void impaired(Instant since, String reason) {
    log.warn("This location can't reach its references, its results count for nothing: {}", reason);
    publish(
        new LocationImpaired(location, instance, since, reason),
        "%s/%s/impaired/%s".formatted(location, instance, since));
  }

  @Override
  public void recovered(Instant impairedSince) {
    log.info("This location reaches its references again, its results count");
    publish(
        new LocationRecovered(location, instance, clock.instant(), impairedSince),
        "%s/%s/recovered/%s".formatted(location, instance, impairedSince));
  }
}
