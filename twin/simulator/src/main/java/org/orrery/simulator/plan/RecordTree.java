package org.orrery.simulator.plan;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Walks records by their shape. The names of components and constants are the keys of the file. */
final class RecordTree {
  private RecordTree() {}

  /** Returns the key of a component: {@code drivesIn} is {@code drives-in}. */
  static String key(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** Returns the key of a constant: {@code F5} as it is, {@code GOOD_CREW} as {@code good-crew}. */
  static String key(Enum<?> constant) {
    String name = constant.name();
    return name.matches("F\\d+") ? name : name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static SortedMap<String, Assumption> numbers(Record root) {
    SortedMap<String, Assumption> numbers = new TreeMap<>();
    rebuilt(root, "", new Collector(numbers));
    return numbers;
  }

  static <T extends Record> T moved(T root, String path, Level level) {
    Object result =
        rebuilt(root, "", (at, number) -> at.equals(path) ? number.movedTo(level) : number);
    @SuppressWarnings("unchecked")
    T moved = (T) result;
    return moved;
  }

  /** What to put in the place of a number. */
  private interface Replacement {
    Assumption of(String path, Assumption number);
  }

  private record Collector(SortedMap<String, Assumption> numbers) implements Replacement {
    @Override
    public Assumption of(String path, Assumption number) {
      numbers.put(path, number);
      return number;
    }
  }

  private static Object rebuilt(Object value, String path, Replacement replacement) {
    return switch (value) {
      case Assumption number -> replacement.of(path, number);
      case Record group -> rebuiltRecord(group, path, replacement);
      case Optional<?> maybe -> maybe.map(inside -> rebuilt(inside, path, replacement));
      case List<?> list -> {
        List<Object> copy = new ArrayList<>();
        for (Object item : list) {
          copy.add(rebuilt(item, below(path, Integer.toString(copy.size())), replacement));
        }
        yield copy;
      }
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach(
            (key, item) -> {
              String name = key instanceof Enum<?> constant ? key(constant) : key.toString();
              copy.put(key, rebuilt(item, below(path, name), replacement));
            });
        yield copy;
      }
      default -> value;
    };
  }

  private static Record rebuiltRecord(Record group, String path, Replacement replacement) {
    RecordComponent[] components = group.getClass().getRecordComponents();
    List<Object> values = new ArrayList<>();
    try {
      for (RecordComponent component : components) {
        Object value = component.getAccessor().invoke(group);
        values.add(rebuilt(value, below(path, key(component)), replacement));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + group.getClass(), e);
    }
    return make(group.getClass(), values);
  }

  static String below(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Calls the canonical constructor. */
  static <T extends Record> T make(Class<T> type, List<Object> values) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = components[i].getType();
    }
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot build " + type, e);
    }
  }
}
