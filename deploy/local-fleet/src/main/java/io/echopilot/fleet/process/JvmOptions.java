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

  /**
   * The cache stays where it was laid out, so that its pages need no patching; profiles are of no
   * use to the first compiler, and adapters fail to link with compact headers (JDK 25.0.3).
   */
  private static final List<String> AOT =
      List.of(
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          "-XX:-AOTRecordTraining",
          "-XX:-AOTReplayTraining",
          "-XX:-AOTAdapterCaching",
          "-XX:-AOTStubCaching");

  /** Starts small and grows by what survives: garbage in a big old generation counts as ours. */
  private static final List<String> SERVICE =
      List.of(
          "-Xms32m",
          "-Xmx96m",
          "-Xmn8m",
          "-XX:MinHeapFreeRatio=15",
          "-XX:MaxHeapFreeRatio=30",
          "-XX:MaxMetaspaceSize=128m",
          "-XX:ReservedCodeCacheSize=48m");

  private static final List<String> BROKER =
      List.of("-Xms64m", "-Xmx256m", "-Dlogback.configurationFile=fleet-logback.xml");
  private static final List<String> DEMO =
      List.of("-Xms16m", "-Xmx48m", "-Dlogback.configurationFile=fleet-logback.xml");

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
    options.addAll(AOT);
    options.addAll(special);
    return List.copyOf(options);
  }
}
