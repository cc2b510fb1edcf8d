package io.echopilot.fleet.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Asks a process whether it is ready to work. */
public sealed interface ReadyCheck {
  /** False, too, while nobody answers. */
  boolean isReady();

  /**
   * Answers 200.
   *
   * @param says what its answer contains, so that no other server on that port is taken for it
   */
  record Http(URI uri, String says) implements ReadyCheck {
    @Override
    public boolean isReady() {
      try {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK
            && body(connection).contains(says);
      } catch (IOException _) {
        return false;
      }
    }

    private static String body(HttpURLConnection connection) throws IOException {
      try (InputStream body = connection.getInputStream()) {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  /**
   * A broker accepts connections long before it works; it answers an {@code ApiVersionsRequest}
   * once it does. <a href="https://kafka.apache.org/protocol">Kafka protocol</a>, request header
   * v1.
   */
  record Kafka(int port) implements ReadyCheck {
    private static final int API_VERSIONS = 18;
    private static final int REQUEST_BYTES = 10;
    private static final int NO_CLIENT_ID = -1;

    @Override
    public boolean isReady() {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(REQUEST_BYTES);
        out.writeShort(API_VERSIONS);
        out.writeShort(0);
        out.writeInt(1);
        out.writeShort(NO_CLIENT_ID);
        return new DataInputStream(socket.getInputStream()).readInt() > 0;
      } catch (IOException _) {
        return false;
      }
    }
  }

  /**
   * A server in recovery accepts connections and refuses all that is asked of it; one that asks for
   * the password would work. <a
   * href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message
   * Formats</a>, StartupMessage of protocol 3.0.
   */
  record Postgres(int port) implements ReadyCheck {
    private static final int PROTOCOL = 3 << 16;
    private static final byte[] WHO =
        "user\0postgres\0database\0postgres\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final char AUTHENTICATION = 'R';

    @Override
    public boolean isReady() {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(2 * Integer.BYTES + WHO.length);
        out.writeInt(PROTOCOL);
        out.write(WHO);
        return socket.getInputStream().read() == AUTHENTICATION;
      } catch (IOException _) {
        return false;
      }
    }
  }

  int TIMEOUT_MILLIS = 1000;
}
