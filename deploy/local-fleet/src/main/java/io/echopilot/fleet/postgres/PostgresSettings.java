package io.echopilot.fleet.postgres;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The server's settings: for this machine alone, and small. */
public final class PostgresSettings {
  private PostgresSettings() {}

  public static Map<String, String> of(int port) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("port", Integer.toString(port));
    settings.put("unix_socket_directories", "");
    settings.put("password_encryption", "scram-sha-256");
    settings.put("timezone", "UTC");
    settings.put("log_timezone", "UTC");
    settings.put("log_line_prefix", "%m [%p] %q%u@%d ");
    small(settings);
    return settings;
  }

  private static void small(Map<String, String> settings) {
    settings.put("max_connections", "40");
    settings.put("shared_buffers", "16MB");
    settings.put("maintenance_work_mem", "16MB");
    settings.put("max_wal_size", "128MB");
    settings.put("min_wal_size", "32MB");
    settings.put("autovacuum_max_workers", "1");
    settings.put("huge_pages", "off");
    settings.put("jit", "off");
  }

  /** The text of {@code postgresql.conf}. */
  public static String text(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(entry -> "%s = '%s'\n".formatted(entry.getKey(), entry.getValue().replace("'", "''")))
        .collect(Collectors.joining());
  }

  /** The text of {@code pg_hba.conf}: nobody comes in without a password. */
  public static String access() {
    return "host all all 127.0.0.1/32 scram-sha-256\n";
  }
}
