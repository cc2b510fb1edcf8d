package io.echopilot.probes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.echopilot.events.ProbeError.Kind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A connect that nobody answers would go on for 30 s after its run, and ten thousand use up all.
 */
class OpenFilesTest {
  private static final int RUNS = 50;
  private static final Duration TIMEOUT = Duration.ofMillis(100);

  private final UnixOperatingSystemMXBean system =
      (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  @ParameterizedTest
  @ValueSource(strings = {"http: {path: /}", "http: {path: /, version: 2}", "tcp: {}", "tls: {}"})
  void aRunThatTimedOutWhileItConnectedLeavesNothingOpen(String yaml) throws IOException {
    List<Socket> filling = new ArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fill(server, filling);
      URI site = URI.create("http://127.0.0.1:" + server.getLocalPort());
      Findings.expect(Worlds.run(yaml, site, TIMEOUT), Kind.TIMEOUT, "no answer from");
      long before = system.getOpenFileDescriptorCount();

      for (int i = 0; i < RUNS; i++) {
        Findings.expect(Worlds.run(yaml, site, TIMEOUT), Kind.TIMEOUT, "no answer from");
      }

      assertThat(system.getOpenFileDescriptorCount()).isLessThan(before + RUNS / 5);
    } finally {
      for (Socket socket : filling) {
        socket.close();
      }
    }
  }

  /** Until one more is not let in: those who wait for the server to accept them are enough. */
  private static void fill(ServerSocket server, List<Socket> filling) throws IOException {
    for (int i = 0; i < 10; i++) {
      Socket socket = new Socket();
      filling.add(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), 200);
      } catch (java.net.SocketTimeoutException _) {
        return;
      }
    }
    throw new IllegalStateException("the server lets everybody in");
  }
}
