package io.echopilot.failover.policy;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What is wrong with a file.
 *
 * @param line counted from 1; 0, and absent from the JSON, when the problem is the file as a whole
 * @param reason what is wrong and what would be right
 */
public record Problem(
    String file, @JsonInclude(JsonInclude.Include.NON_DEFAULT) int line, String reason) {
  @Override
  public String toString() {
    return line == 0 ? file + ": " + reason : file + ":" + line + ": " + reason;
  }
}
