package io.echopilot.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Draws ports for fleets that run beside others. They lie below the range that the kernel hands out
 * to outgoing connections: a broken site's port must stay free until the site is healed, and a
 * connection to it must not meet itself.
 */
public final class FreePorts {
  /** Test runs beside each other draw from 1,000 ports each. */
  private static final String FIRST = "echopilot.fleet.free-ports-from";

  private static final int LEAST = Integer.getInteger(FIRST, 13_000);
  private static final int BOUND = System.getProperty(FIRST) == null ? 32_000 : LEAST + 1_000;

  private final Set<Integer> drawn = new HashSet<>();

  /** A port of the loopback address that nobody listens on, different at each call. */
  public synchronized int next() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LEAST, BOUND);
      if (drawn.add(port) && isFree(port)) {
        return port;
      }
    }
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
