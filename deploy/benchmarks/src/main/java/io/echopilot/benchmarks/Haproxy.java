package io.echopilot.benchmarks;

import io.echopilot.fleet.FreePorts;
import io.echopilot.fleet.Port;
import io.echopilot.fleet.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Debian's HAProxy in front of the demo sites, the primary first and the fallback as its backup.
 */
final class Haproxy implements AutoCloseable {
  private final @Nullable Process process;
  private final @Nullable Serving serving;

  private Haproxy(@Nullable Process process, @Nullable Serving serving) {
    this.process = process;
    this.serving = serving;
  }

  /**
   * Starts it. Without retries: they would hold the request that looks for the switch back by up to
   * three seconds, and with it the moment at which the switch is seen.
   *
   * @param check how it checks; null starts nothing
   */
  static Haproxy start(Path folder, Ports ports, @Nullable String check) throws IOException {
    if (check == null) {
      return new Haproxy(null, null);
    }
    int port = new FreePorts().next();
    Path config =
        Files.writeString(
            folder.resolve("haproxy.cfg"),
            """
            defaults
              mode http
              retries 0
              timeout connect 1s
              timeout client 5s
              timeout server 5s
              timeout check 1s
            frontend users
              bind 127.0.0.1:%d
              default_backend sites
            backend sites
              option httpchk GET /health
              http-check expect status 200
              server primary 127.0.0.1:%d check %s rise 2
              server fallback 127.0.0.1:%d check %s rise 2 backup
            """
                .formatted(port, ports.of(Port.PRIMARY), check, ports.of(Port.FALLBACK), check));
    Process process =
        new ProcessBuilder("haproxy", "-db", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("haproxy.log").toFile())
            .start();
    return new Haproxy(process, new Serving(port));
  }

  Optional<Serving> serving() {
    return Optional.ofNullable(serving);
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }
}
