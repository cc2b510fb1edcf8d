package io.echopilot.fleet.process;

/** What starts together and stops together: in this order it starts, in the reverse it stops. */
public enum Stage {
  /** What others keep their things in. */
  STORE,
  /** The world that is watched; were it to go before the services, that would be reported. */
  WORLD,
  /** Started when all else is ready. */
  SERVICE
}
