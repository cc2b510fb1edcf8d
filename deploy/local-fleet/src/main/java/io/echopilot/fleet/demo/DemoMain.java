package io.echopilot.fleet.demo;

import io.echopilot.events.EventJson;
import java.nio.file.Path;
import java.time.Clock;

/** The demo as a process; its argument is a {@link DemoConfig} as a JSON file. */
public final class DemoMain {
  private DemoMain() {}

  public static void main(String[] args) throws InterruptedException {
    DemoConfig config = EventJson.mapper().readValue(Path.of(args[0]).toFile(), DemoConfig.class);
    Demo demo = Demo.start(config, Clock.systemUTC());
    Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "stop"));
    demo.await();
  }
}
