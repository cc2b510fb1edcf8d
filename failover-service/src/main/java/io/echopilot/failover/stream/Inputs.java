package io.echopilot.failover.stream;

import io.echopilot.events.AnomalyEvent;
import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.FailoverStateEvent;
import io.echopilot.events.HeartbeatEvent;
import io.echopilot.events.LocationEvent;
import io.echopilot.events.ProbeEvent;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.SloEvent;
import io.echopilot.events.TopicNames;
import io.echopilot.events.TrafficResult;
import io.echopilot.failover.decision.Input;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Record;

/** Which topics the decision listens to, and what their records are to it. */
final class Inputs {
  static final List<String> TOPICS =
      List.of(
          TopicNames.SERVICES,
          TopicNames.PROBE_RESULTS,
          TopicNames.TRAFFIC_RESULTS,
          TopicNames.SLO_BREACHES,
          TopicNames.ANOMALIES);

  private final int partitions;

  Inputs(int partitions) {
    this.partitions = partitions;
  }

  /** Reads a record; one in a partition that is not its key's would split a service in two. */
  Decoded decode(RecordPosition position, Record<String, byte[]> record) {
    Decoded decoded =
        EventCodec.decode(position.topic(), record.key(), record.headers(), record.value());
    if (decoded instanceof Decoded.Known && partitionOf(record.key()) != position.partition()) {
      return new Decoded.Malformed(
          "key %s belongs in partition %d (murmur2), but stands in %d"
              .formatted(record.key(), partitionOf(record.key()), position.partition()));
    }
    return decoded;
  }

  private int partitionOf(String key) {
    return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
  }

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
          LocationEvent _ ->
          throw new IllegalArgumentException("no input of the decision: " + event);
    };
  }
}
