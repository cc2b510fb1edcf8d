package io.echopilot.fleet.inbox;

import io.echopilot.fleet.inbox.InboxMessage.Button;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All messages of both channels. */
final class Mailbox {
  private final Clock clock;
  private final MailFile file;
  private final List<InboxMessage> messages;
  private int telegrams;
  private int slacks;

  Mailbox(Clock clock, MailFile file) {
    this.clock = clock;
    this.file = file;
    messages = new ArrayList<>(file.load());
    telegrams = count("telegram");
    slacks = count("slack");
  }

  private int count(String channel) {
    return Math.toIntExact(
        messages.stream().filter(message -> message.channel().equals(channel)).count());
  }

  synchronized InboxMessage telegram(String chat, String text, List<Button> buttons) {
    telegrams++;
    return add(
        new InboxMessage(
            "telegram",
            Integer.toString(telegrams),
            chat,
            text,
            null,
            clock.instant(),
            buttons,
            List.of()));
  }

  /** Slack's names are times in microseconds, unique in a channel. */
  synchronized InboxMessage slack(
      String chat, String text, List<Button> buttons, @Nullable Object metadata) {
    slacks++;
    String ts = String.format(Locale.ROOT, "%d.%06d", clock.instant().getEpochSecond(), slacks);
    return add(
        new InboxMessage("slack", ts, chat, text, metadata, clock.instant(), buttons, List.of()));
  }

  private InboxMessage add(InboxMessage message) {
    messages.add(message);
    file.save(messages);
    return message;
  }

  synchronized Optional<InboxMessage> find(String channel, String chat, String id) {
    return messages.stream()
        .filter(message -> message.channel().equals(channel))
        .filter(message -> message.chat().equals(chat) && message.id().equals(id))
        .findFirst();
  }

  synchronized InboxMessage edit(InboxMessage message, String text, List<Button> buttons) {
    InboxMessage edited = message.edited(text, buttons);
    messages.replaceAll(each -> each.equals(message) ? edited : each);
    file.save(messages);
    return edited;
  }

  /** Newest first. */
  synchronized List<InboxMessage> all() {
    return List.copyOf(messages).reversed();
  }
}
