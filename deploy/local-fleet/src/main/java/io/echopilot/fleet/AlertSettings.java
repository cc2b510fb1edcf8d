package io.echopilot.fleet;

import io.echopilot.fleet.postgres.PostgresRole;
import java.util.LinkedHashMap;
import java.util.Map;

/** Those of alert-service, whose Slack and Telegram is the inbox. */
final class AlertSettings implements ServiceSettings {
  private final FleetOptions options;

  AlertSettings(FleetOptions options) {
    this.options = options;
  }

  @Override
  public Map<String, String> of(String name, int number) {
    FleetHome home = options.home();
    String inbox = options.ports().local(Port.INBOX).toString();
    Map<String, String> settings = new LinkedHashMap<>();
    String slack = "echopilot.alert.slack.";
    settings.put(slack + "url", inbox + "/slack/api/");
    settings.put(slack + "token-file", Secrets.slackToken(home).toString());
    settings.put(slack + "channel", "C0123456789");
    String telegram = "echopilot.alert.telegram.";
    settings.put(telegram + "url", inbox);
    settings.put(telegram + "token-file", Secrets.telegramToken(home).toString());
    settings.put(telegram + "chat", "-1001234567890");
    settings.putAll(ServiceSettings.streams(home, name, 0));
    if (options.runs(Part.DASHBOARD_SERVICE)) {
      settings.put("echopilot.alert.dashboard", options.ports().shown(Port.DASHBOARD));
    }
    if (options.runs(Part.POSTGRES)) {
      settings.putAll(history());
    }
    return settings;
  }

  private Map<String, String> history() {
    FleetHome home = options.home();
    String history = "echopilot.alert.history.";
    return Map.of(
        history + "host",
        "127.0.0.1",
        history + "port",
        Integer.toString(options.ports().of(Port.POSTGRES)),
        history + "password-file",
        Secrets.postgresPassword(home, PostgresRole.ECHOPILOT).toString(),
        "echopilot.security.credentials-file",
        home.credentials().toString());
  }
}
