package io.echopilot.events;

/** Any event of EchoPilot DR. Each direct subtype is the family of events of one topic. */
public sealed interface Event
    permits AlertEvent,
        AnomalyEvent,
        FailoverEvent,
        FailoverStateEvent,
        HeartbeatEvent,
        IncidentEvent,
        LocationEvent,
        ProbeEvent,
        ServiceEvent,
        SloEvent,
        TrafficResult {
  /** The record key and the {@code ce_subject}: what the event is about. */
  String subject();
}
