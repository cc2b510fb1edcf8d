package io.echopilot.alert.incident;

import io.echopilot.events.Confirmation;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.Route;
import io.echopilot.events.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** How people are told. */
final class Sentences {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Sentences() {}

  static String why(FailoverEvent event) {
    List<String> rules = event.rationale().rules();
    return rules.isEmpty() ? "no reason is given" : String.join("; ", rules);
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

  static String clock(Instant time) {
    return CLOCK.format(time);
  }

  static String name(Route route) {
    SiteId site = route.site();
    return site == null ? "nowhere" : site.value();
  }
}
