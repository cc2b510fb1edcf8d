package io.echopilot.probes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The examples of {@code docs/operations.md}. */
public final class Documented {
  private static final Path OPERATIONS = Path.of("../../docs/operations.md");

  private Documented() {}

  /**
   * The example of a kind: in the section on probes, a list item such as {@code - {id: redis, tcp:
   * {…}}}.
   *
   * @return {@code kind: {…}}
   */
  public static String example(String kind) {
    Matcher item =
        Pattern.compile(
                "(?m)^ *- \\{id: [a-z0-9-]+, (" + kind + ": \\{.*})(, [a-z]+: .*)?}( *#.*)?$")
            .matcher(section());
    if (!item.find()) {
      throw new IllegalStateException("docs/operations.md has no example of " + kind);
    }
    return item.group(1);
  }

  /** Of a kind with a short form: what stands there as a list item's kind, word for word. */
  public static String verbatim(String kind) {
    if (!section().contains(", " + kind + "}\n")) {
      throw new IllegalStateException("docs/operations.md has no example of " + kind);
    }
    return kind;
  }

  private static String section() {
    try {
      String all = Files.readString(OPERATIONS);
      return all.substring(all.indexOf("## How to add a probe"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
