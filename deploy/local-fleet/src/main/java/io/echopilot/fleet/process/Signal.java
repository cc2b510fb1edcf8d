package io.echopilot.fleet.process;

/** What a process can be hit with. */
public enum Signal {
  /** Please stop. */
  TERM,
  /** Stop without a last word. */
  KILL,
  /** Stand still, holding everything. */
  STOP,
  /** Go on. */
  CONT
}
