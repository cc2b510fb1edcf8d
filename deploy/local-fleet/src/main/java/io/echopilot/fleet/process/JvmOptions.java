package io.echopilot.fleet.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the fleet's JVMs are given: little memory each, and ready soon. */
public final class JvmOptions {
  private static final List<String> COMMON =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xss512k",
          "-Dfile.encoding=UTF-8",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");
  private static final List<String> SERVICE =
      List.of("-Xmx96m", "-XX:MaxMetaspaceSize=128m", "-XX:ReservedCodeCacheSize=48m");
  private static final List<String> BROKER =
      List.of("-Xmx256m", "-Xms64m", "-Dlogback.configurationFile=fleet-logback.xml");
  private static final List<String> DEMO =
      List.of("-Xmx48m", "-Dlogback.configurationFile=fleet-logback.xml");

  private JvmOptions() {}

  public static List<String> service() {
    return with(SERVICE);
  }

  public static List<String> broker() {
    return with(BROKER);
  }

  public static List<String> demo() {
    return with(DEMO);
  }

  /** The JVM that runs this. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static List<String> with(List<String> special) {
    List<String> options = new ArrayList<>(COMMON);
    options.addAll(special);
    return List.copyOf(options);
  }
}
