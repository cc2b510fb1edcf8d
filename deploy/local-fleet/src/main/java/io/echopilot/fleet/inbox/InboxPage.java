package io.echopilot.fleet.inbox;

import io.echopilot.fleet.inbox.InboxMessage.Button;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** The messages as a page that looks again every two seconds. */
final class InboxPage {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="refresh" content="2">
      <meta name="color-scheme" content="light dark">
      <title>Inbox · EchoPilot DR</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
      article { border: 1px solid #8886; border-radius: 8px; padding: .75rem 1rem; margin: 1rem 0; }
      header { font-size: .85rem; opacity: .75; }
      .button { display: inline-block; border: 1px solid; border-radius: 6px; padding: .3rem .8rem; text-decoration: none; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: .5rem 0 0; }
      </style>
      <h1>Inbox</h1>
      <p>What people would read on Telegram and Slack, newest first.</p>
      """;

  private InboxPage() {}

  static String of(List<InboxMessage> messages) {
    return messages.isEmpty()
        ? HEAD + "<p>Nothing yet. Try <code>deploy/demo break primary</code>.</p>"
        : messages.stream().map(InboxPage::article).collect(Collectors.joining("\n", HEAD, "\n"));
  }

  private static String article(InboxMessage message) {
    String edits =
        message.before().isEmpty() ? "" : ", edited %d times".formatted(message.before().size());
    return "<article><header>%s · %s · %s%s</header><pre>%s</pre>%s</article>"
        .formatted(
            escape(message.channel()),
            escape(message.chat()),
            message.at().truncatedTo(ChronoUnit.SECONDS),
            edits,
            shown(message),
            message.buttons().stream().map(InboxPage::button).collect(Collectors.joining()));
  }

  private static String button(Button button) {
    return "<p><a class=\"button\" href=\"%s\" target=\"_blank\" rel=\"noopener\">%s</a></p>"
        .formatted(escape(button.url()), escape(button.text()));
  }

  /** As the channel would show it: what stands out, and entities as the characters they mean. */
  private static String shown(InboxMessage message) {
    String text = escape(message.text()).replaceAll("&amp;(amp|lt|gt|quot);", "&$1;");
    return message.channel().equals("telegram")
        ? text.replaceAll("&lt;(/?b)&gt;", "<$1>")
        : text.replaceAll("\\*([^*\n]+)\\*", "<b>$1</b>");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
