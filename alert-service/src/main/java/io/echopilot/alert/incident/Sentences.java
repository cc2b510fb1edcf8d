package io.echopilot.alert.incident;

import io.echopilot.events.AnomalyEvent.AnomalyCleared;
import io.echopilot.events.AnomalyEvent.AnomalyDetected;
import io.echopilot.events.Confirmation;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.Route;
import io.echopilot.events.SiteId;
import io.echopilot.events.SloEvent;
import io.echopilot.events.SloEvent.SloBreached;
import io.echopilot.events.SloEvent.SloRecovered;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How people are told. */
final class Sentences {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Pattern MOMENT =
      Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z\\b");

  private Sentences() {}

  static String why(FailoverEvent event) {
    List<String> rules = event.rationale().rules();
    return rules.isEmpty() ? "no reason is given" : withClocks(String.join("; ", rules));
  }

  private static String withClocks(String text) {
    return MOMENT.matcher(text).replaceAll(moment -> clock(Instant.parse(moment.group())));
  }

  static String proof(Confirmation confirmation) {
    return switch (confirmation) {
      case ENTRYPOINT -> ", seen where users come in";
      case ROUTE -> ", says the edge";
    };
  }

  static String since(Instant start, FailoverEvent event) {
    long millis = Duration.between(start, event.rationale().now()).toMillis();
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  /** Where a budget is. */
  static String who(SloEvent event) {
    return event.site() == null ? "the service" : event.site().value();
  }

  static String burns(SloBreached breach) {
    String text =
        String.format(
            Locale.ROOT,
            "%s burns its budget of %s at %.1f times the even rate over %s",
            who(breach),
            breach.slo(),
            breach.burnRate(),
            length(breach.longWindow()));
    if (breach.shortWindow() != null) {
      text += " and " + length(breach.shortWindow());
    }
    if (breach.threshold() != null) {
      text += String.format(Locale.ROOT, "; %.1f is the limit", breach.threshold());
    }
    Double left = breach.budgetLeft();
    if (left != null) {
      text +=
          left > 0
              ? String.format(Locale.ROOT, "; %.0f %% of it is left", 100 * left)
              : String.format(Locale.ROOT, "; %.0f %% of it is used", 100 * (1 - left));
    }
    return text;
  }

  static String inOrder(SloRecovered over) {
    return "%s burns its budget of %s no faster than it may (%s)"
        .formatted(who(over), over.slo(), over.level().value());
  }

  static String unusual(AnomalyDetected found) {
    String sentence = found.sentence();
    return sentence == null
        ? String.format(
            Locale.ROOT,
            "%s of %s is %.1f instead of %.1f to %.1f",
            found.series(),
            found.site(),
            found.value(),
            found.expectedLow(),
            found.expectedHigh())
        : "at %s %s".formatted(found.site(), sentence);
  }

  static String usual(AnomalyCleared over) {
    return "%s of %s is as usual again".formatted(over.series(), over.site());
  }

  private static String length(Duration window) {
    return window.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  static String clock(Instant time) {
    return CLOCK.format(time);
  }

  static String name(Route route) {
    SiteId site = route.site();
    return site == null ? "nowhere" : site.value();
  }
}
