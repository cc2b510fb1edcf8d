package io.echopilot.failover.stream;

import io.echopilot.events.AlertEvent;
import io.echopilot.events.AnomalyEvent;
import io.echopilot.events.BackupCommand;
import io.echopilot.events.BackupEvent;
import io.echopilot.events.Event;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.FailoverStateEvent;
import io.echopilot.events.HeartbeatEvent;
import io.echopilot.events.IncidentEvent;
import io.echopilot.events.JobEvent;
import io.echopilot.events.LocationEvent;
import io.echopilot.events.ProbeEvent;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.SloEvent;
import io.echopilot.events.TimelineEvent;
import io.echopilot.events.TopicNames;
import io.echopilot.events.TrafficResult;
import io.echopilot.failover.decision.Input;
import java.util.List;

/** Which topics the decision listens to, and what their records are to it. */
final class Inputs {
  static final List<String> TOPICS =
      List.of(
          TopicNames.SERVICES,
          TopicNames.PROBE_RESULTS,
          TopicNames.TRAFFIC_RESULTS,
          TopicNames.SLO_BREACHES,
          TopicNames.ANOMALIES);

  private Inputs() {}

  static Input of(Event event, RecordPosition position) {
    return switch (event) {
      case ServiceDefined defined -> new Input.DefinitionArrived(defined, position);
      case ProbeEvent probe -> new Input.ProbeArrived(probe, position);
      case TrafficResult traffic -> new Input.TrafficArrived(traffic, position);
      case SloEvent slo -> new Input.SloArrived(slo, position);
      case AnomalyEvent anomaly -> new Input.AnomalyArrived(anomaly, position);
      case ServiceRemoved _,
          FailoverEvent _,
          FailoverStateEvent _,
          HeartbeatEvent _,
          JobEvent _,
          IncidentEvent _,
          AlertEvent _,
          BackupCommand _,
          BackupEvent _,
          TimelineEvent _,
          LocationEvent _ ->
          throw new IllegalArgumentException("no input of the decision: " + event);
    };
  }
}
