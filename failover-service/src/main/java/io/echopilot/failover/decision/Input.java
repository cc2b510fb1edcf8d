package io.echopilot.failover.decision;

import io.echopilot.events.AnomalyEvent;
import io.echopilot.events.ProbeEvent;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.SloEvent;
import io.echopilot.events.TrafficResult;

/** What can change a service's state. */
public sealed interface Input {

  /** A record was read. */
  sealed interface Arrival extends Input {
    RecordPosition position();
  }

  /** The service was defined or its definition changed. */
  record DefinitionArrived(ServiceDefined event, RecordPosition position) implements Arrival {}

  /** A location saw something. */
  record ProbeArrived(ProbeEvent event, RecordPosition position) implements Arrival {}

  /** An actuator or a read-back saw something. */
  record TrafficArrived(TrafficResult event, RecordPosition position) implements Arrival {}

  /** An error budget burns, or no longer. */
  record SloArrived(SloEvent event, RecordPosition position) implements Arrival {}

  /** A series left its range, or came back. */
  record AnomalyArrived(AnomalyEvent event, RecordPosition position) implements Arrival {}

  /** The state's own deadline has passed. */
  record DeadlineReached() implements Input {}
}
