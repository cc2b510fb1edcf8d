package io.echopilot.fleet;

import java.util.Map;

/** What a service is told besides its port and where Kafka is. */
interface ServiceSettings {
  /**
   * Writes what files the service needs, too.
   *
   * @param name of the process
   * @param number of the process, counted from 1
   */
  Map<String, String> of(String name, int number);

  /**
   * For what runs on Kafka Streams: our broker allows less than the six seconds of others, and all
   * of the fleet shares one machine, where a second thread costs more than it carries.
   */
  static Map<String, String> streams(FleetHome home, String name, int standbys) {
    String takeover = "3s";
    return Map.of(
        "echopilot.streams.threads",
        "1",
        "echopilot.streams.standbys",
        Integer.toString(standbys),
        "echopilot.streams.session-timeout",
        takeover,
        "echopilot.streams.transaction-timeout",
        takeover,
        "echopilot.streams.state-dir",
        home.data().resolve("streams/" + name).toString());
  }
}
