package io.echopilot.alert.channel;

import io.echopilot.alert.channel.Channel.Letter;
import io.echopilot.events.Incident;
import io.echopilot.events.Incident.Entry;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** An incident as a person reads it on a small screen: what matters first, then what happened. */
final class Text {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LONGEST_ENTRY = 500;
  private static final String LEFT_OUT = "…";

  private Text() {}

  /**
   * Renders.
   *
   * @param bold how the channel writes what stands out, of a text that is escaped already
   * @param most characters of the result; entries after the first are left out to keep to it
   */
  static String of(Letter letter, UnaryOperator<String> bold, int most) {
    return letter.newer() == null
        ? story(letter.incident(), letter.resolved(), bold, most)
        : outdated(letter.incident(), bold);
  }

  private static String outdated(Incident incident, UnaryOperator<String> bold) {
    return bold.apply(escape("⏬ " + incident.service()))
        + escape(": it got worse, a newer message tells how it goes on\n" + incident.id().value());
  }

  private static String story(
      Incident incident, boolean resolved, UnaryOperator<String> bold, int most) {
    String head = head(incident, resolved, bold);
    String foot = "\n" + escape(incident.id().value());
    List<String> entries = incident.entries().stream().map(entry -> "\n" + line(entry)).toList();
    List<String> kept = new ArrayList<>();
    int room = most - head.length() - foot.length() - entries.getFirst().length() - 2;
    for (int i = entries.size() - 1; i > 0 && room >= entries.get(i).length(); i--) {
      kept.addFirst(entries.get(i));
      room -= entries.get(i).length();
    }
    boolean complete = kept.size() == entries.size() - 1;
    return head
        + entries.getFirst()
        + (complete ? "" : "\n" + LEFT_OUT)
        + String.join("", kept)
        + foot;
  }

  private static String head(Incident incident, boolean resolved, UnaryOperator<String> bold) {
    String subject = "%s %s".formatted(sign(incident, resolved), incident.service());
    String state = resolved ? "resolved" : "level " + incident.level().number();
    return bold.apply(escape(subject))
        + escape(" (" + state + "): ")
        + bold.apply(escape(shortened(incident.title())));
  }

  private static String sign(Incident incident, boolean resolved) {
    if (resolved) {
      return "✅";
    }
    return switch (incident.level()) {
      case DEGRADED -> "🟡";
      case PARTIAL_OUTAGE -> "🟠";
      case TOTAL_OUTAGE -> "🔴";
    };
  }

  private static String line(Entry entry) {
    return escape(CLOCK.format(entry.at()) + " " + shortened(entry.text()));
  }

  /** The same three characters for Telegram's HTML and for Slack's mrkdwn. */
  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_ENTRY ? text : text.substring(0, LONGEST_ENTRY) + "…";
  }
}
