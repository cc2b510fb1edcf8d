package io.echopilot.backup.capture;

import io.echopilot.backup.postgres.Database;
import io.echopilot.backup.postgres.ToolFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;

/** Why a backup could not be made, with the remedy, for a person. */
final class Reasons {
  private static final String DISK_IS_FULL = "No space left on device";

  private Reasons() {}

  static String of(Exception failure, Database database) {
    String message = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    return switch (failure) {
      case SQLException e -> "%s: %s (%s)".formatted(remedy(e), message, database);
      case ToolFailure _ -> "%s (%s)".formatted(message, database);
      case IOException _ when message.contains(DISK_IS_FULL) ->
          "the disk is full, make room: " + message;
      case IOException _ -> failure.getClass().getSimpleName() + ": " + message;
      default -> "a bug: " + failure;
    };
  }

  /** By the classes of SQLSTATE; PostgreSQL documentation, appendix A. */
  private static String remedy(SQLException e) {
    String state = Objects.requireNonNullElse(e.getSQLState(), "");
    return switch (state) {
      case "28P01", "28000" -> "the server refuses the role or its password, see password-file";
      case "3D000" -> "there is no such database, see database";
      case "42501" -> "the role lacks a right";
      case "55P03" -> "a table is held, it is tried again";
      case "57014" -> "a statement took longer than the time limit";
      case "57P01", "57P02", "57P03" -> "the server is stopping or starting";
      default ->
          state.startsWith("08") ? "the server does not answer" : "the server refuses, " + state;
    };
  }
}
