package io.echopilot.fleet.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The broker's settings: one node, quick to take over from the dead, small. */
public final class BrokerSettings {
  private BrokerSettings() {}

  public static Map<String, String> of(int port, int controllerPort, Path logs) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    settings.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("log.dirs", logs.toString());
    settings.put("auto.create.topics.enable", "false");
    oneNode(settings);
    quickTakeover(settings);
    quickTransactions(settings);
    small(settings);
    return settings;
  }

  private static void oneNode(Map<String, String> settings) {
    settings.put("default.replication.factor", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
  }

  /** Kafka's defaults refuse sessions under 6 s, and a dead owner's transaction blocks for 10 s. */
  private static void quickTakeover(Map<String, String> settings) {
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("group.min.session.timeout.ms", "1000");
    settings.put("group.consumer.min.session.timeout.ms", "1000");
    settings.put("group.consumer.min.heartbeat.interval.ms", "100");
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
  }

  /** The broker's default lets a transaction that follows on another's heels wait for 20 ms. */
  private static void quickTransactions(Map<String, String> settings) {
    settings.put("add.partitions.to.txn.retry.backoff.ms", "1");
  }

  private static void small(Map<String, String> settings) {
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("log.cleaner.dedupe.buffer.size", "4194304");
    settings.put("log.index.size.max.bytes", "1048576");
  }
}
