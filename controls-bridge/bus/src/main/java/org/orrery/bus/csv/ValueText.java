package org.orrery.bus.csv;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;

/**
 * Values as text that loses nothing: numbers as Java writes them, a choice as its index, arrays
 * with a space between the elements, a histogram as its edges, a bar, its contents. Stateless.
 */
public final class ValueText {
  private ValueText() {}

  /** The text of a value. */
  public static String of(Value value) {
    return switch (value) {
      case Value.DoubleValue(double number) -> Double.toString(number);
      case Value.LongValue(long number) -> Long.toString(number);
      case Value.ChoiceValue(int index, String label) -> Integer.toString(index);
      case Value.TextValue(String text) -> text;
      case DoubleArrayValue array -> elements(array);
      case HistogramValue histogram ->
          elements(histogram.edges()) + " | " + elements(histogram.contents());
    };
  }

  /** The label of a choice; empty for other kinds. */
  public static String label(Value value) {
    return value instanceof Value.ChoiceValue(int index, String label) ? label : "";
  }

  /**
   * The value of a text, of the kind that the channel has. A choice may be given by its index or
   * its label.
   *
   * @throws IllegalArgumentException when the text is none, with a message for people
   */
  public static Value parse(Channel channel, String text) {
    try {
      return switch (channel.kind()) {
        case DOUBLE -> Value.of(Double.parseDouble(text.strip()));
        case LONG -> new Value.LongValue(wholeNumber(text.strip()));
        case CHOICE -> choice(channel, text);
        case TEXT -> Value.of(text);
        case DOUBLE_ARRAY -> array(text);
        case HISTOGRAM -> {
          int bar = text.indexOf('|');
          if (bar < 0) {
            throw new IllegalArgumentException("a histogram needs a '|' behind its edges");
          }
          yield new HistogramValue(array(text.substring(0, bar)), array(text.substring(bar + 1)));
        }
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is no value of %s, which is of kind %s: %s"
              .formatted(
                  text.length() > 40 ? text.substring(0, 40) + "…" : text,
                  channel.id(),
                  channel.kind(),
                  e.getMessage()),
          e);
    }
  }

  private static long wholeNumber(String text) {
    return text.endsWith(".0")
        ? Long.parseLong(text.substring(0, text.length() - 2))
        : Long.parseLong(text);
  }

  private static Value choice(Channel channel, String text) {
    int byLabel = channel.choices().indexOf(text);
    int index = byLabel >= 0 ? byLabel : Math.toIntExact(wholeNumber(text.strip()));
    String label =
        Optional.of(index)
            .filter(i -> i >= 0 && i < channel.choices().size())
            .map(channel.choices()::get)
            .orElse("");
    return new Value.ChoiceValue(index, label);
  }

  private static DoubleArrayValue array(String text) {
    String inner = text.strip();
    return DoubleArrayValue.of(
        inner.isEmpty()
            ? new double[0]
            : Arrays.stream(inner.split("\\s+", -1)).mapToDouble(Double::parseDouble).toArray());
  }

  private static String elements(DoubleArrayValue array) {
    return IntStream.range(0, array.size())
        .mapToObj(i -> Double.toString(array.get(i)))
        .collect(Collectors.joining(" "));
  }
}
