package io.echopilot.events;

/** Any event of EchoPilot DR. Each direct subtype is the family of events of one topic. */
public sealed interface Event
    permits AlertEvent,
        AnomalyEvent,
        BackupCommand,
        BackupEvent,
        FailoverEvent,
        FailoverStateEvent,
        HeartbeatEvent,
        IncidentEvent,
        JobEvent,
        LocationEvent,
        ProbeEvent,
        ServiceEvent,
        SloEvent,
        TimelineEvent,
        TrafficResult {
  /** The record key and the {@code ce_subject}: what the event is about. */
  String subject();
}
