package io.echopilot.fleet.postgres;

import java.util.Locale;

/** Who may log in, each with a password of its own. */
public enum PostgresRole {
  /** May do anything. */
  SUPERUSER("postgres"),
  /** Owns the database {@code demo}, that of the application which is protected. */
  DEMO("demo"),
  /** Owns the database {@code echopilot}, which our services keep their history in. */
  ECHOPILOT("echopilot"),
  /** Reads everything and may make databases, to restore into; owns nothing. */
  BACKUP("backup");

  private final String login;

  PostgresRole(String login) {
    this.login = login;
  }

  public String login() {
    return login;
  }

  /** The name of the file that holds its password. */
  public String passwordFile() {
    return "postgres-%s.password".formatted(name().toLowerCase(Locale.ROOT));
  }
}
