package io.echopilot.fleet.demo;

import io.echopilot.events.EventJson;
import java.util.Map;

/** A status with a JSON body. */
record Answer(int status, String body) {
  static Answer json(int status, Object body) {
    return new Answer(status, EventJson.mapper().writeValueAsString(body));
  }

  static Answer error(int status, String message) {
    return json(status, Map.of("error", message));
  }
}
