package io.echopilot.failover.policy;

/**
 * What is wrong with a file.
 *
 * @param line counted from 1; 0 when the problem is the file as a whole
 * @param reason what is wrong and what would be right
 */
public record Problem(String file, int line, String reason) {
  @Override
  public String toString() {
    return line == 0 ? file + ": " + reason : file + ":" + line + ": " + reason;
  }
}
