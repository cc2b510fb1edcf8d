package io.echopilot.fleet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What a person asked for on the command line. */
sealed interface Order {
  /** Start; stay and show events unless detached. */
  record Up(boolean detach, int locations) implements Order {}

  /** Stop; forget data and logs when wiping. */
  record Down(boolean wipe) implements Order {}

  /** Put a site into a mode: ok, refuse, slow or 500. */
  record SetMode(String site, String mode) implements Order {}

  record Help(String text) implements Order {}

  /** What was typed makes no sense. */
  record Wrong(String reason, String usage) implements Order {}

  String UP = "deploy/up [--detach] [--locations N]";
  String DOWN = "deploy/down [--wipe]";
  String DEMO = "deploy/demo break|heal primary|fallback [--slow|--500|--refuse]";
  List<String> SITES = List.of("primary", "fallback", "references");

  static Order parse(List<String> arguments) {
    Deque<String> rest = new ArrayDeque<>(arguments);
    String script = rest.isEmpty() ? "" : rest.remove();
    boolean help = rest.contains("--help") || rest.contains("-h");
    return switch (script) {
      case "up" -> help ? new Help(Usage.up()) : up(rest);
      case "down" -> help ? new Help(Usage.down()) : down(rest);
      case "demo" -> help ? new Help(Usage.demo()) : demo(rest);
      default -> new Wrong("no such command: " + script, String.join("\n", UP, DOWN, DEMO));
    };
  }

  private static Order up(Deque<String> rest) {
    boolean detach = false;
    int locations = 1;
    while (!rest.isEmpty()) {
      String option = rest.remove();
      switch (option) {
        case "--detach" -> detach = true;
        case "--locations" -> {
          String number = rest.isEmpty() ? "" : rest.remove();
          if (!number.matches("[1-" + Ports.MOST + "]")) {
            return new Wrong("--locations needs a number from 1 to " + Ports.MOST, UP);
          }
          locations = Integer.parseInt(number);
        }
        default -> {
          return new Wrong("unknown option " + option, UP);
        }
      }
    }
    return new Up(detach, locations);
  }

  private static Order down(Deque<String> rest) {
    boolean wipe = "--wipe".equals(rest.peek());
    if (wipe) {
      rest.remove();
    }
    return rest.isEmpty() ? new Down(wipe) : new Wrong("unknown option " + rest.remove(), DOWN);
  }

  private static Order demo(Deque<String> rest) {
    String action = rest.isEmpty() ? "" : rest.remove();
    String site = rest.isEmpty() ? "" : rest.remove();
    if (!SITES.contains(site)) {
      return new Wrong("name a site: " + String.join(", ", SITES), DEMO);
    }
    String how = rest.isEmpty() ? "" : rest.remove();
    if (!rest.isEmpty()) {
      return new Wrong("too much: " + rest.remove(), DEMO);
    }
    return switch (action + how) {
      case "heal" -> new SetMode(site, "ok");
      case "break", "break--refuse" -> new SetMode(site, "refuse");
      case "break--slow" -> new SetMode(site, "slow");
      case "break--500" -> new SetMode(site, "500");
      default -> new Wrong("can't %s %s".formatted(action, how).strip(), DEMO);
    };
  }
}
