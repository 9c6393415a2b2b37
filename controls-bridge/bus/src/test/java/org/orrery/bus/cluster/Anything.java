package org.orrery.bus.cluster;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.orrery.contract.Bytes;
import org.orrery.contract.value.DoubleArrayValue;

/** Makes values of any type of the vocabulary at random. Not thread-safe. */
final class Anything {
  private static final int TRIES = 1_000;
  private static final int TRIES_OF_A_PART = 5;

  private final Random random;

  Anything(long seed) {
    this.random = new Random(seed);
  }

  /** A value, or empty where the rules of the records refuse whatever was tried. */
  Optional<Object> of(Type type) {
    for (int i = 0; i < TRIES; i++) {
      try {
        return Optional.of(make(type, Map.of()));
      } catch (ReflectiveOperationException e) {
        // A rule of the record refused; try another one.
      }
    }
    return Optional.empty();
  }

  private Object make(Type type, Map<String, Type> bound) throws ReflectiveOperationException {
    if (type instanceof TypeVariable<?> variable) {
      Type argument = bound.get(variable.getName());
      if (argument == null) {
        throw new IllegalArgumentException(type.getTypeName());
      }
      return make(argument, Map.of());
    }
    if (type instanceof ParameterizedType generic) {
      return generic((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
    }
    Class<?> raw = (Class<?>) type;
    if (raw == long.class || raw == Long.class) {
      return random.nextInt(4) == 0 ? random.nextLong() : (long) random.nextInt(5);
    }
    if (raw == int.class) {
      return random.nextInt(5);
    }
    if (raw == boolean.class) {
      return random.nextBoolean();
    }
    if (raw == double.class) {
      return number();
    }
    if (raw == String.class) {
      return List.of("", "a", "Größe, 大きさ", "x".repeat(1 + random.nextInt(300)))
          .get(random.nextInt(4));
    }
    if (raw == Bytes.class) {
      byte[] bytes = new byte[random.nextInt(100)];
      random.nextBytes(bytes);
      return Bytes.of(bytes);
    }
    if (raw == DoubleArrayValue.class) {
      return DoubleArrayValue.of(random.doubles(random.nextInt(20)).toArray());
    }
    if (raw == OptionalDouble.class) {
      return random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(number());
    }
    if (raw == OptionalLong.class) {
      return random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong());
    }
    if (raw.isEnum()) {
      return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
    }
    return named(raw, Map.of());
  }

  private double number() {
    return switch (random.nextInt(8)) {
      case 0 -> Double.NaN;
      case 1 -> -0.0;
      case 2 -> Double.NEGATIVE_INFINITY;
      default -> random.nextDouble();
    };
  }

  private Object generic(Class<?> raw, Type[] arguments) throws ReflectiveOperationException {
    if (raw == Optional.class) {
      return random.nextBoolean() ? Optional.empty() : Optional.of(make(arguments[0], Map.of()));
    }
    if (raw == List.class || raw == Set.class) {
      List<Object> items = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        items.add(make(arguments[0], Map.of()));
      }
      return raw == List.class ? List.copyOf(items) : new LinkedHashSet<>(items);
    }
    return named(raw, Map.of("T", arguments[0]));
  }

  private Object named(Class<?> raw, Map<String, Type> bound) throws ReflectiveOperationException {
    for (int i = 1; ; i++) {
      try {
        return once(raw, bound);
      } catch (ReflectiveOperationException e) {
        // A rule of the record refused; try another one, and then another whole.
        if (i == TRIES_OF_A_PART) {
          throw e;
        }
      }
    }
  }

  private Object once(Class<?> raw, Map<String, Type> bound) throws ReflectiveOperationException {
    if (raw.isSealed()) {
      Class<?>[] members = raw.getPermittedSubclasses();
      Class<?> member = members[random.nextInt(members.length)];
      return member.getTypeParameters().length > 0 ? named(member, bound) : make(member, bound);
    }
    RecordComponent[] components = raw.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = make(components[i].getGenericType(), bound);
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return raw.getConstructor(types).newInstance(values);
  }
}
