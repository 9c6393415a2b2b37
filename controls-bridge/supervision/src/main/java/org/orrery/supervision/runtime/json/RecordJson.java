package org.orrery.supervision.runtime.json;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.orrery.contract.Bytes;
import org.orrery.contract.value.DoubleArrayValue;

/**
 * Writes records as JSON and reads them back: {@code read(write(x)).equals(x)}. Fields are sorted;
 * identifiers with one {@code value} are plain texts; a record of a sealed family carries its name
 * in the field {@code is}; bytes are hexadecimal; not-a-number and the infinities are texts; what
 * is empty is left out. Only what the vocabulary uses is supported: records, sealed families of
 * them, enums, lists, sets, optionals, texts, numbers, truth values, bytes and arrays of doubles. A
 * field that the type does not know is refused: something newer wrote it. Stateless.
 */
public final class RecordJson {
  private static final String FAMILY = "is";

  private RecordJson() {}

  /** The JSON text of a record. */
  public static String write(Record value) {
    return Json.write(toJson(value, value.getClass()));
  }

  /**
   * The record of a JSON text.
   *
   * @throws IllegalArgumentException if the text is not one of this type; the message names the
   *     place
   */
  public static <T> T read(String text, Class<T> type) {
    return type.cast(fromJson(Json.read(text), type, type.getSimpleName()));
  }

  private static Json toJson(Object value, Type declared) {
    return switch (value) {
      case String text -> new Json.Text(text);
      case Boolean flag -> new Json.Bool(flag);
      case Double number when Double.isFinite(number) -> new Json.Num(number.toString());
      case Double number -> new Json.Text(number.toString());
      case Long number -> new Json.Num(number.toString());
      case Integer number -> new Json.Num(number.toString());
      case Enum<?> constant -> new Json.Text(constant.name());
      case Bytes bytes -> new Json.Text(bytes.toHex());
      case DoubleArrayValue array -> {
        Json.Arr elements =
            new Json.Arr(
                Arrays.stream(array.toArray()).mapToObj(d -> toJson(d, Double.class)).toList());
        yield Shape.family(declared)
            ? new Json.Obj(Map.of(FAMILY, new Json.Text("DoubleArrayValue"), "elements", elements))
            : elements;
      }
      case List<?> list ->
          new Json.Arr(list.stream().map(item -> toJson(item, Shape.argument(declared))).toList());
      case Set<?> set ->
          new Json.Arr(
              set.stream()
                  .map(item -> toJson(item, Shape.argument(declared)))
                  .sorted(java.util.Comparator.comparing(Json::write))
                  .toList());
      case Record record -> record(record, declared);
      default ->
          throw new IllegalArgumentException(value.getClass() + " is not part of the vocabulary");
    };
  }

  private static Json record(Record record, Type declared) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    boolean family = Shape.family(declared);
    if (!family && Shape.plain(components)) {
      return new Json.Text(String.valueOf(Shape.get(record, components[0])));
    }
    Map<String, Json> fields = new TreeMap<>();
    if (family) {
      fields.put(FAMILY, new Json.Text(record.getClass().getSimpleName()));
    }
    for (RecordComponent component : components) {
      Object value = Shape.get(record, component);
      Type type = component.getGenericType();
      switch (value) {
        case Optional<?> some ->
            some.ifPresent(v -> fields.put(component.getName(), toJson(v, Shape.argument(type))));
        case OptionalDouble some ->
            some.ifPresent(v -> fields.put(component.getName(), toJson(v, Double.class)));
        case OptionalLong some ->
            some.ifPresent(v -> fields.put(component.getName(), toJson(v, Long.class)));
        default -> fields.put(component.getName(), toJson(value, type));
      }
    }
    return new Json.Obj(fields);
  }

  private static Object fromJson(Json json, Type type, String at) {
    Class<?> raw = Shape.raw(type);
    if (raw == Bytes.class) {
      return Bytes.ofHex(text(json, at));
    }
    if (raw == String.class) {
      return text(json, at);
    }
    if (raw.isEnum()) {
      return Shape.constant(raw, text(json, at), at);
    }
    if (raw == DoubleArrayValue.class) {
      return array(json, at);
    }
    if (raw == List.class) {
      return items(json, type, at);
    }
    if (raw == Set.class) {
      return new LinkedHashSet<>(items(json, type, at));
    }
    if (raw.isPrimitive() || raw == Double.class || raw == Long.class) {
      return primitive(json, raw, at);
    }
    if (raw.isSealed()) {
      return member(json, raw, at);
    }
    if (raw.isRecord()) {
      return Shape.plain(raw.getRecordComponents()) && json instanceof Json.Text text
          ? Shape.make(raw, new Object[] {text.value()}, at)
          : fields(object(json, at), raw, at, Set.of());
    }
    throw new IllegalArgumentException(at + ": " + raw + " is not part of the vocabulary");
  }

  private static Object member(Json json, Class<?> family, String at) {
    Json.Obj object = object(json, at);
    String name = text(field(object, FAMILY, at), at + "." + FAMILY);
    Class<?> type =
        Shape.leaves(family).stream()
            .filter(leaf -> leaf.getSimpleName().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        at + ": " + name + " is no " + family.getSimpleName()));
    return type == DoubleArrayValue.class
        ? array(field(object, "elements", at), at)
        : fields(object, type, at, Set.of(FAMILY));
  }

  private static Object fields(Json.Obj object, Class<?> type, String at, Set<String> extra) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    Set<String> known = new LinkedHashSet<>(extra);
    for (int i = 0; i < components.length; i++) {
      String name = components[i].getName();
      known.add(name);
      values[i] = component(object, components[i].getGenericType(), name, at + "." + name);
    }
    for (String name : object.fields().keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            at + " has no field " + name + "; was it written by a newer version?");
      }
    }
    return Shape.make(type, values, at);
  }

  private static Object component(Json.Obj object, Type type, String name, String at) {
    Class<?> raw = Shape.raw(type);
    Optional<Json> json = Optional.ofNullable(object.fields().get(name));
    if (raw == Optional.class) {
      return json.map(j -> fromJson(j, Shape.argument(type), at));
    }
    if (raw == OptionalDouble.class) {
      return json.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of((Double) primitive(json.get(), double.class, at));
    }
    if (raw == OptionalLong.class) {
      return json.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of((Long) primitive(json.get(), long.class, at));
    }
    return fromJson(
        json.orElseThrow(() -> new IllegalArgumentException(at + " is missing")), type, at);
  }

  private static Object primitive(Json json, Class<?> raw, String at) {
    if (raw == boolean.class && json instanceof Json.Bool flag) {
      return flag.value();
    }
    String digits =
        switch (json) {
          case Json.Num num -> num.digits();
          case Json.Text text -> text.value();
          case Json.Obj _, Json.Arr _, Json.Bool _, Json.Null _ ->
              throw new IllegalArgumentException(at + " must be a number");
        };
    if (raw == double.class || raw == Double.class) {
      return Double.parseDouble(digits);
    }
    if (raw == long.class || raw == Long.class) {
      return Long.parseLong(digits);
    }
    if (raw == int.class) {
      return Integer.parseInt(digits);
    }
    throw new IllegalArgumentException(at + ": " + raw + " is not part of the vocabulary");
  }

  private static List<Object> items(Json json, Type type, String at) {
    if (!(json instanceof Json.Arr arr)) {
      throw new IllegalArgumentException(at + " must be a list");
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < arr.items().size(); i++) {
      items.add(fromJson(arr.items().get(i), Shape.argument(type), at + "[" + i + "]"));
    }
    return items;
  }

  private static DoubleArrayValue array(Json json, String at) {
    if (!(json instanceof Json.Arr arr)) {
      throw new IllegalArgumentException(at + " must be a list");
    }
    return DoubleArrayValue.of(
        arr.items().stream().mapToDouble(j -> (Double) primitive(j, double.class, at)).toArray());
  }

  private static String text(Json json, String at) {
    if (json instanceof Json.Text text) {
      return text.value();
    }
    throw new IllegalArgumentException(at + " must be a text");
  }

  private static Json.Obj object(Json json, String at) {
    if (json instanceof Json.Obj object) {
      return object;
    }
    throw new IllegalArgumentException(at + " must be an object");
  }

  private static Json field(Json.Obj object, String name, String at) {
    Json field = object.fields().get(name);
    if (field == null) {
      throw new IllegalArgumentException(at + "." + name + " is missing");
    }
    return field;
  }
}
