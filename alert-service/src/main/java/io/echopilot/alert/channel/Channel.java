package io.echopilot.alert.channel;

import io.echopilot.events.ChannelId;
import io.echopilot.events.Incident;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One way to reach people. What can go wrong is a {@link Receipt} and no exception. */
public interface Channel {
  ChannelId id();

  /**
   * Shows people how an incident stands. Does not block.
   *
   * <p>The same letter again must not be a second message where the channel can be read back.
   */
  CompletableFuture<Receipt> deliver(Letter letter);

  /**
   * What people are to read.
   *
   * @param key names the delivery; a retry has the same
   * @param edits the channel's own name of the message that is replaced; null for a new one
   * @param newer the channel's own name of the message that took its place, which is all that it
   *     still says; null when it tells the incident
   */
  record Letter(
      String key,
      Incident incident,
      boolean resolved,
      @Nullable String edits,
      @Nullable String newer) {}

  /** What became of a letter. */
  sealed interface Receipt {
    /**
     * People see it.
     *
     * @param message the channel's own name of the message
     */
    record Delivered(String message) implements Receipt {}

    /**
     * Not now; whether people see it may not be known.
     *
     * @param retryAfter how long the channel asks to be left alone; null when it does not say
     */
    record Failed(String reason, @Nullable Duration retryAfter) implements Receipt {}

    /** Never like this: another attempt would fare no better. */
    record Refused(String reason) implements Receipt {}
  }
}
