package io.echopilot.failover.policy;

/**
 * Where something stands in a file.
 *
 * @param line counted from 1
 */
record Place(String file, int line) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
