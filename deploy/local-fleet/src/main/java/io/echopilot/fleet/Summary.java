package io.echopilot.fleet;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a person wants to know once the fleet is ready. */
final class Summary {
  private Summary() {}

  static String of(FleetOptions options, Duration took) {
    String addresses =
        Members.chosen(options).stream()
            .flatMap(member -> member.addresses().entrySet().stream())
            .map(entry -> line(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    FleetHome home = options.home();
    return """

    EchoPilot DR is up after %s s.

    %s
    Try      deploy/demo break primary    and watch   curl localhost:%d/health
             deploy/demo heal primary
    """
        .formatted(
            String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0),
            addresses
                + line("passwords", home.credentials().toString())
                + line("logs", home.logs().toString()),
            options.ports().of(Port.EDGE));
  }

  private static String line(String what, String where) {
    return "  %-18s %s\n".formatted(what, where);
  }
}
