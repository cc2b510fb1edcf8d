package io.echopilot.fleet.demo;

/** Something on the demo's network that can be broken and healed. */
interface Breakable extends AutoCloseable {
  SiteMode mode();

  /** Returns when the mode is in force; must not be called on an event loop. */
  void mode(SiteMode next);

  @Override
  void close();
}
