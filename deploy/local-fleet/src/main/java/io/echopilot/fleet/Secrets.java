package io.echopilot.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.fleet.postgres.PostgresRole;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Drawn at the first start and kept, readable by the owner alone. */
final class Secrets {
  private static final List<String> ROLES = List.of("viewer", "operator", "admin");
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  static void drawMissing(FleetHome home) {
    if (!Files.exists(home.credentials())) {
      String lines =
          ROLES.stream().map(role -> role + "=" + password() + "\n").collect(Collectors.joining());
      write(home.credentials(), lines);
    }
    if (!Files.exists(edgeKey(home))) {
      write(edgeKey(home), HexFormat.of().formatHex(bytes(32)) + "\n");
    }
    if (!Files.exists(telegramToken(home))) {
      write(telegramToken(home), "123456789:" + password() + "\n");
    }
    if (!Files.exists(slackToken(home))) {
      write(slackToken(home), "xoxb-" + password() + "\n");
    }
    for (PostgresRole role : PostgresRole.values()) {
      if (!Files.exists(postgresPassword(home, role))) {
        write(postgresPassword(home, role), password() + "\n");
      }
    }
  }

  /** The key that failover-service signs with and the edge knows as {@code k1}. */
  static Path edgeKey(FleetHome home) {
    return home.secrets().resolve("edge-k1.key");
  }

  /** The token by which the inbox knows alert-service's Telegram bot. */
  static Path telegramToken(FleetHome home) {
    return home.secrets().resolve("telegram.token");
  }

  /** The token by which the inbox knows alert-service's Slack bot. */
  static Path slackToken(FleetHome home) {
    return home.secrets().resolve("slack.token");
  }

  static Path postgresPassword(FleetHome home, PostgresRole role) {
    return home.secrets().resolve(role.passwordFile());
  }

  private static String password() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(18));
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static void write(Path file, String text) {
    try (OutputStream out =
        Channels.newOutputStream(
            Files.newByteChannel(
                file,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------"))))) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
