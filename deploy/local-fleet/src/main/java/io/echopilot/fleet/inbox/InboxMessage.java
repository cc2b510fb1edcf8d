package io.echopilot.fleet.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as people see it.
 *
 * @param channel {@code telegram} or {@code slack}
 * @param id the channel's own name of it
 * @param metadata what only programs see; null for none
 * @param buttons that a person may press
 * @param before the texts that were replaced, oldest first
 */
public record InboxMessage(
    String channel,
    String id,
    String chat,
    String text,
    @Nullable Object metadata,
    Instant at,
    List<Button> buttons,
    List<String> before) {

  /** Opens a page. */
  public record Button(String text, String url) {}

  /** An edit replaces the buttons, too. */
  InboxMessage edited(String newText, List<Button> newButtons) {
    List<String> texts = new ArrayList<>(before);
    texts.add(text);
    return new InboxMessage(
        channel, id, chat, newText, metadata, at, newButtons, List.copyOf(texts));
  }
}
