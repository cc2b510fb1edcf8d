package io.echopilot.fleet.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** Formats the log folder unless that was done before, then runs Kafka's own main. */
public final class BrokerMain {
  private BrokerMain() {}

  public static void main(String[] args) throws IOException {
    Path config = Path.of(args[0]);
    if (!Files.exists(logFolder(config).resolve("meta.properties"))) {
      int failed =
          StorageTool.execute(
              new String[] {
                "format", "--config", args[0], "--cluster-id", Uuid.randomUuid().toString()
              },
              System.out);
      if (failed != 0) {
        System.exit(failed);
      }
    }
    kafka.Kafka.main(args);
  }

  private static Path logFolder(Path config) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(config)) {
      properties.load(in);
    }
    return Path.of(properties.getProperty("log.dirs"));
  }
}
