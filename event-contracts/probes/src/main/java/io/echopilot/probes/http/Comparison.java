package io.echopilot.probes.http;

import io.echopilot.probes.Regex;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a value in a JSON document must be. */
sealed interface Comparison {
  boolean holds(@Nullable Object actual);

  /** Completes "expected … to be". */
  String wanted();

  /** The very value; numbers are compared by value. */
  record Is(Object value) implements Comparison {
    @Override
    public boolean holds(@Nullable Object actual) {
      return (value instanceof Number expected && actual instanceof Number number)
          ? exact(expected).compareTo(exact(number)) == 0
          : Objects.equals(value, actual);
    }

    @Override
    public String wanted() {
      return value.toString();
    }
  }

  /** Any value that is there, but this one. */
  record Not(Is is) implements Comparison {
    @Override
    public boolean holds(@Nullable Object actual) {
      return actual != null && !is.holds(actual);
    }

    @Override
    public String wanted() {
      return "anything but " + is.wanted();
    }
  }

  /** One of some. */
  record OneOf(List<Is> values) implements Comparison {
    @Override
    public boolean holds(@Nullable Object actual) {
      return values.stream().anyMatch(value -> value.holds(actual));
    }

    @Override
    public String wanted() {
      return "one of " + values.stream().map(Is::wanted).toList();
    }
  }

  /** A number that stands so to another. */
  record Ordered(Order order, BigDecimal limit) implements Comparison {
    @Override
    public boolean holds(@Nullable Object actual) {
      return actual instanceof Number number && order.holds(exact(number).compareTo(limit));
    }

    @Override
    public String wanted() {
      return order.words + " " + limit.toPlainString();
    }
  }

  /** A text in which an expression is found. */
  record Matches(Regex regex) implements Comparison {
    @Override
    public boolean holds(@Nullable Object actual) {
      return actual instanceof String text && regex.isIn(text);
    }

    @Override
    public String wanted() {
      return "like " + regex;
    }
  }

  /** How two numbers stand. */
  enum Order {
    ABOVE("above"),
    AT_LEAST("at least"),
    BELOW("below"),
    AT_MOST("at most");

    private final String words;

    Order(String words) {
      this.words = words;
    }

    private boolean holds(int compared) {
      return switch (this) {
        case ABOVE -> compared > 0;
        case AT_LEAST -> compared >= 0;
        case BELOW -> compared < 0;
        case AT_MOST -> compared <= 0;
      };
    }
  }

  /**
   * From a definition: a scalar, or one of {@code not, oneOf, above, atLeast, below, atMost,
   * matches} with its operand.
   *
   * @param field for the message when it makes no sense
   */
  static Comparison of(String field, @Nullable Object written) {
    if (!(written instanceof Map<?, ?> map)) {
      return new Is(scalar(field, written));
    }
    if (map.size() == 1) {
      Map.Entry<?, ?> only = map.entrySet().iterator().next();
      Object operand = only.getValue();
      switch (String.valueOf(only.getKey())) {
        case "not" -> {
          return new Not(new Is(scalar(field, operand)));
        }
        case "oneOf" -> {
          return new OneOf(
              operand instanceof List<?> list
                  ? list.stream().map(each -> new Is(scalar(field, each))).toList()
                  : List.of(new Is(scalar(field, operand))));
        }
        case "above" -> {
          return new Ordered(Order.ABOVE, number(field, operand));
        }
        case "atLeast" -> {
          return new Ordered(Order.AT_LEAST, number(field, operand));
        }
        case "below" -> {
          return new Ordered(Order.BELOW, number(field, operand));
        }
        case "atMost" -> {
          return new Ordered(Order.AT_MOST, number(field, operand));
        }
        case "matches" -> {
          return new Matches(Regex.of(String.valueOf(operand)));
        }
        default -> {}
      }
    }
    throw new IllegalArgumentException(
        "%s needs one of not, oneOf, above, atLeast, below, atMost, matches, but has %s"
            .formatted(field, map.keySet()));
  }

  private static Object scalar(String field, @Nullable Object value) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException(
        "%s must be compared with a text, a number, true or false, but is %s"
            .formatted(field, value));
  }

  private static BigDecimal number(String field, @Nullable Object value) {
    if (value instanceof Number number) {
      return exact(number);
    }
    throw new IllegalArgumentException(
        "%s must be compared with a number, but is %s".formatted(field, value));
  }

  private static BigDecimal exact(Number number) {
    return new BigDecimal(number.toString());
  }
}
