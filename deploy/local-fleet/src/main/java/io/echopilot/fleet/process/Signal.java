package io.echopilot.fleet.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;

/** What a process can be hit with. */
public enum Signal {
  /** Please stop. */
  TERM,
  /** Please stop; how PostgreSQL is told not to wait for its clients. */
  INT,
  /** Stop without a last word. */
  KILL,
  /** Stand still, holding everything. */
  STOP,
  /** Go on. */
  CONT;

  /** Returns at once; a process that is gone already is no error. */
  void send(ProcessHandle process) {
    try {
      int code =
          new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name(), process.pid()))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start()
              .waitFor();
      if (code != 0 && process.isAlive()) {
        throw new IllegalStateException("%s can't be sent to %d".formatted(this, process.pid()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
