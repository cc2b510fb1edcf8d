package io.echopilot.fleet;

import io.echopilot.fleet.postgres.PostgresRole;
import java.util.LinkedHashMap;
import java.util.Map;

/** Those of backup-service, which keeps backups of the demo's database in the fleet's folder. */
final class BackupSettings implements ServiceSettings {
  private final FleetOptions options;

  BackupSettings(FleetOptions options) {
    this.options = options;
  }

  @Override
  public Map<String, String> of(String name, int number) {
    FleetHome home = options.home();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("echopilot.backup.folder", home.backups().toString());
    settings.put("echopilot.backup.work", home.data().resolve("backup-work").toString());
    // Nobody waits minutes for a demo.
    settings.put("echopilot.backup.retry.first-wait", "5s");
    String source = "echopilot.backup.sources.demo.";
    settings.put(source + "services", "demo");
    settings.put(source + "queries[0]", "select count(*) from wh_job_log");
    settings.put(source + "server.host", "127.0.0.1");
    settings.put(source + "server.port", Integer.toString(options.ports().of(Port.POSTGRES)));
    settings.put(source + "server.database", "demo");
    settings.put(source + "server.user", PostgresRole.BACKUP.login());
    settings.put(
        source + "server.password-file",
        Secrets.postgresPassword(home, PostgresRole.BACKUP).toString());
    settings.putAll(ServiceSettings.streams(home, name, 0));
    settings.put("echopilot.security.credentials-file", home.credentials().toString());
    return settings;
  }
}
