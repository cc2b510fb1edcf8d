package io.echopilot.benchmarks;

import io.echopilot.fleet.FreePorts;
import io.echopilot.fleet.process.JvmOptions;
import io.echopilot.fleet.process.ServiceImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A prober as it runs in earnest: with both compilers, and a heap for ten thousand targets. */
final class ProberProcess implements AutoCloseable {
  private static final Pattern USED = Pattern.compile("(?:DefNew|Tenured).*?used (\\d+)K");

  private final Process process;

  private ProberProcess(Process process) {
    this.process = process;
  }

  static ProberProcess start(Path folder, String bootstrap) throws IOException, URISyntaxException {
    Path own =
        Path.of(ProberProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path module = own.resolve("../../../../prober-service").normalize();
    return new ProberProcess(
        new ProcessBuilder(
                JvmOptions.java(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx512m",
                "-jar",
                ServiceImage.of(module).jar().toString(),
                "--server.port=" + new FreePorts().next(),
                "--spring.kafka.bootstrap-servers=" + bootstrap,
                "--echopilot.prober.guard=false",
                "--echopilot.prober.location=" + Results.LOCATION)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prober.log").toFile())
            .start());
  }

  long pid() {
    return process.pid();
  }

  /** Megabytes that are in use after a collection of all garbage. */
  double liveMegabytes() throws IOException, InterruptedException {
    jcmd("GC.run");
    Matcher used = USED.matcher(jcmd("GC.heap_info"));
    double kilobytes = 0;
    while (used.find()) {
      kilobytes += Double.parseDouble(used.group(1));
    }
    return kilobytes / 1024;
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    Long.toString(pid()),
                    command))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader answer =
        new BufferedReader(new InputStreamReader(jcmd.getInputStream(), StandardCharsets.UTF_8))) {
      String text = answer.readAllAsString();
      if (jcmd.waitFor() != 0) {
        throw new IOException("jcmd %s says: %s".formatted(command, text));
      }
      return text;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
