package io.echopilot.fleet.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.echopilot.fleet.inbox.InboxMessage.Button;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** The messages as a page that looks for new ones every two seconds. */
final class InboxPage {
  private static final String TEMPLATE = template();

  private InboxPage() {}

  static String of(List<InboxMessage> messages) {
    String shown =
        messages.isEmpty()
            ? "<p>Nothing yet. Try <code>deploy/demo break primary</code>.</p>"
            : messages.stream().map(InboxPage::article).collect(Collectors.joining("\n"));
    return TEMPLATE.replace("{{messages}}", shown);
  }

  private static String article(InboxMessage message) {
    String id = escape(message.channel() + "-" + message.id());
    return """
    <article aria-labelledby="%s">
    <h2 id="%s">%s <span>%s · %s</span></h2>
    <pre>%s</pre>
    %s%s</article>\
    """
        .formatted(
            id,
            id,
            name(message.channel()),
            escape(message.chat()),
            message.at().truncatedTo(ChronoUnit.SECONDS),
            shown(message.channel(), message.text()),
            message.buttons().stream().map(InboxPage::button).collect(Collectors.joining()),
            edits(id, message));
  }

  private static String name(String channel) {
    return channel.equals("telegram") ? "Telegram" : "Slack";
  }

  /** What the message said before, the latest first. */
  private static String edits(String id, InboxMessage message) {
    List<String> before = message.before();
    if (before.isEmpty()) {
      return "";
    }
    String times = before.size() == 1 ? "once" : before.size() + " times";
    return before.reversed().stream()
        .map(text -> "<li><pre>" + shown(message.channel(), text) + "</pre></li>")
        .collect(
            Collectors.joining(
                "\n",
                "<details id=\"%s-before\"><summary>Edited %s: what it said before</summary><ol>\n"
                    .formatted(id, times),
                "</ol></details>\n"));
  }

  private static String button(Button button) {
    return "<p><a class=\"button\" href=\"%s\" target=\"_blank\" rel=\"noopener\">%s</a></p>"
        .formatted(escape(button.url()), escape(button.text()));
  }

  /** As the channel would show it: what stands out, and entities as the characters they mean. */
  private static String shown(String channel, String said) {
    String text = escape(said).replaceAll("&amp;(amp|lt|gt|quot);", "&$1;");
    return channel.equals("telegram")
        ? text.replaceAll("&lt;(/?b)&gt;", "<$1>")
        : text.replaceAll("\\*([^*\n]+)\\*", "<b>$1</b>");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String template() {
    try (InputStream html = requireNonNull(InboxPage.class.getResourceAsStream("inbox.html"))) {
      return new String(html.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
