package io.echopilot.fleet.demo;

import io.echopilot.events.EventJson;
import io.echopilot.fleet.inbox.Inbox;
import io.echopilot.fleet.inbox.InboxConfig;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The demo as a process; its arguments are a {@link DemoConfig} and an {@link InboxConfig} as JSON
 * files.
 */
public final class DemoMain {
  private DemoMain() {}

  public static void main(String[] args) throws InterruptedException {
    DemoConfig config = EventJson.mapper().readValue(Path.of(args[0]).toFile(), DemoConfig.class);
    Demo demo = Demo.start(config, Clock.systemUTC());
    Inbox inbox =
        Inbox.start(
            EventJson.mapper().readValue(Path.of(args[1]).toFile(), InboxConfig.class),
            Clock.systemUTC());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  inbox.close();
                  demo.close();
                },
                "stop"));
    demo.await();
  }
}
