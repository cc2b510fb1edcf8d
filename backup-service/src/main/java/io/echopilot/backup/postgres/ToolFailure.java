package io.echopilot.backup.postgres;

/** One of PostgreSQL's tools is missing, ended with a failure, or did not end; the message says. */
public final class ToolFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean refused;

  private ToolFailure(String message, boolean refused) {
    super(message);
    this.refused = refused;
  }

  /** It could not run, or not to its end. */
  static ToolFailure unable(String message) {
    return new ToolFailure(message, false);
  }

  /** It ran and said no. */
  static ToolFailure refused(String message) {
    return new ToolFailure(message, true);
  }

  /** Whether it ran to its end: what it was given may be at fault. */
  public boolean hasRefused() {
    return refused;
  }
}
