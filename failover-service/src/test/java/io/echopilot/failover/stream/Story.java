package io.echopilot.failover.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.FailoverEvent.TrafficSwitchRequested;
import io.echopilot.events.InstanceId;
import io.echopilot.events.LocationId;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ProbeId;
import io.echopilot.events.ProbeRun;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.Slot;
import io.echopilot.events.Topics;
import io.echopilot.events.TrafficResult.RouteObserved;
import io.echopilot.events.TrafficResult.SwitchApplied;
import io.echopilot.failover.Definitions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Records as a broker would have appended them, one second apart. */
final class Story {
  static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
  private static final Duration STEP = Duration.ofSeconds(1);

  private final List<Line> lines = new ArrayList<>();
  private Instant now = START;

  /** A record and when it was appended. */
  record Line(
      String topic,
      @Nullable String key,
      @Nullable String value,
      Headers headers,
      Instant appended) {

    byte @Nullable [] bytes() {
      return value == null ? null : value.getBytes(UTF_8);
    }
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  /** When the next record will be appended. */
  Instant now() {
    return now;
  }

  Story pause(Duration time) {
    now = now.plus(time);
    return this;
  }

  Story defined(String service, long revision) {
    return tell(
        new ServiceDefined(new ServiceId(service), revision, "hash", Definitions.of(service)));
  }

  Story removed(String service, long revision) {
    return tell(new ServiceRemoved(new ServiceId(service), revision));
  }

  Story route(String service, Route route) {
    return tell(new RouteObserved(new ServiceId(service), route, now));
  }

  Story probes(String service, String site, boolean... outcomes) {
    for (boolean success : outcomes) {
      tell(probe(service, site, success));
    }
    return this;
  }

  /** The edge does what was asked. */
  Story applied(TrafficSwitchRequested request) {
    return tell(
        new SwitchApplied(
            request.service(),
            request.site(),
            request.epoch(),
            request.decisionId(),
            request.attempt(),
            now));
  }

  Story tell(Event event) {
    return tell(event, null);
  }

  Story tell(Event event, @Nullable String traceparent) {
    Headers headers = new RecordHeaders();
    byte[] value =
        EventCodec.encode(
            new EventEnvelope<>("id-" + lines.size(), "/test", now, traceparent, event), headers);
    return tell(Topics.of(event).name(), event.subject(), new String(value, UTF_8), headers);
  }

  Story tell(String topic, @Nullable String key, String type, @Nullable String value) {
    Headers headers = new RecordHeaders();
    headers.add(EventCodec.TYPE, type.getBytes(UTF_8));
    return tell(topic, key, value, headers);
  }

  private Story tell(String topic, @Nullable String key, @Nullable String value, Headers headers) {
    lines.add(new Line(topic, key, value, headers, now));
    now = now.plus(STEP);
    return this;
  }

  ProbeCompleted probe(String service, String site, boolean success) {
    Instant slot = now.minusMillis(200);
    return new ProbeCompleted(
        new ServiceId(service),
        new SiteId(site),
        new ProbeId("health"),
        null,
        new ProbeRun(
            new LocationId("here"),
            new InstanceId("test"),
            new Slot(slot),
            Duration.ofSeconds(10),
            slot,
            slot.plusMillis(100),
            success ? Outcome.SUCCESS : Outcome.FAILURE,
            success ? null : new ProbeError(ProbeError.Kind.REFUSED, "connection refused"),
            null,
            false));
  }
}
