package io.echopilot.fleet;

import io.echopilot.events.EventJson;
import io.echopilot.fleet.demo.DemoConfig;
import io.echopilot.fleet.process.StartFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Breaks and heals the sites of a running demo. */
public final class DemoControl {
  private final URI control;

  public DemoControl(int controlPort) {
    control = URI.create("http://127.0.0.1:" + controlPort);
  }

  /**
   * That of the fleet in this home.
   *
   * @throws StartFailure when none was ever started there
   */
  static DemoControl of(FleetHome home) {
    Path file = DemoMember.file(home);
    if (!Files.exists(file)) {
      throw new StartFailure("there is no fleet; start one with deploy/up");
    }
    return new DemoControl(
        EventJson.mapper().readValue(file.toFile(), DemoConfig.class).controlPort());
  }

  /**
   * Returns when the mode is in force.
   *
   * @param site {@code primary}, {@code fallback} or {@code references}
   * @param mode {@code ok}, {@code refuse}, {@code slow} or {@code 500}
   * @throws StartFailure when the demo does not run, or refuses
   */
  public void mode(String site, String mode) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              control.resolve("/demo/sites/" + site + "/mode").toURL().openConnection();
      connection.setRequestMethod("PUT");
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(mode.getBytes(StandardCharsets.UTF_8));
      }
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new StartFailure(
            new String(connection.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new StartFailure("the demo does not answer; start the fleet with deploy/up");
    }
  }
}
