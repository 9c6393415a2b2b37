package org.orrery.bus.wire.message;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.orrery.bus.wire.WireException;

/**
 * Finds out once for each type, by reflection, how it is written and read. Only what the vocabulary
 * uses is supported: records, sealed families of them, enums, lists, sets, optionals, texts,
 * numbers, truth values, bytes and arrays of doubles; none may hold itself. Thread-safe.
 */
final class Parts {
  private final Map<Class<?>, Part> plain = new ConcurrentHashMap<>(Leaves.ALL);
  private final Map<Type, Part> asked = new ConcurrentHashMap<>();

  /**
   * How a type is written and read.
   *
   * @throws IllegalArgumentException if it is not part of the vocabulary; the message names it
   */
  Part of(Type type) {
    Part known = asked.get(type);
    if (known == null) {
      known = of(type, Map.of());
      asked.put(type, known);
    }
    return known;
  }

  private Part of(Type type, Map<String, Type> bound) {
    return switch (type) {
      case TypeVariable<?> variable -> {
        Type argument = bound.get(variable.getName());
        if (argument == null) {
          throw foreign(type);
        }
        yield of(argument, Map.of());
      }
      case ParameterizedType parameterized -> generic(parameterized, bound);
      case Class<?> raw -> {
        Part known = plain.get(raw);
        if (known == null) {
          known = named(raw, Map.of());
          plain.put(raw, known);
        }
        yield known;
      }
      default -> throw foreign(type);
    };
  }

  private Part generic(ParameterizedType type, Map<String, Type> bound) {
    Class<?> raw = (Class<?>) type.getRawType();
    List<Type> arguments =
        Arrays.stream(type.getActualTypeArguments()).map(a -> resolved(a, bound)).toList();
    if (raw == List.class) {
      return items("list", of(arguments.getFirst()), List::copyOf);
    }
    if (raw == Set.class) {
      return items("set", of(arguments.getFirst()), LinkedHashSet::new);
    }
    if (raw == Optional.class) {
      return optional(of(arguments.getFirst()));
    }
    return named(raw, bind(raw, arguments));
  }

  /** An argument is no longer a variable of the type that holds it. */
  private static Type resolved(Type argument, Map<String, Type> bound) {
    return argument instanceof TypeVariable<?> variable
        ? bound.getOrDefault(variable.getName(), argument)
        : argument;
  }

  private static Map<String, Type> bind(Class<?> raw, List<Type> arguments) {
    TypeVariable<?>[] variables = raw.getTypeParameters();
    Map<String, Type> bound = new HashMap<>();
    for (int i = 0; i < variables.length; i++) {
      bound.put(variables[i].getName(), arguments.get(i));
    }
    return bound;
  }

  private Part named(Class<?> raw, Map<String, Type> bound) {
    if (raw.isEnum()) {
      return constants(raw);
    }
    if (raw.isSealed()) {
      return family(raw, bound);
    }
    if (raw.isRecord()) {
      return fields(raw, bound);
    }
    throw foreign(raw);
  }

  private static Part constants(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    return new Part(
        type.getSimpleName() + Arrays.toString(constants),
        (v, out) -> out.writeShort(((Enum<?>) v).ordinal()),
        in -> constants[index(in.getShort(), constants.length, type)]);
  }

  private Part family(Class<?> type, Map<String, Type> bound) {
    List<Class<?>> members = members(type);
    List<Part> parts = members.stream().map(member -> member(member, type, bound)).toList();
    return new Part(
        type.getSimpleName() + parts.stream().map(Part::shape).toList(),
        (v, out) -> {
          int which = members.indexOf(v.getClass());
          if (which < 0) {
            throw foreign(v.getClass());
          }
          out.writeShort(which);
          parts.get(which).write(v, out);
        },
        in -> parts.get(index(in.getShort(), parts.size(), type)).read(in));
  }

  /** A member of a family takes over the arguments of the family in their order. */
  private Part member(Class<?> member, Class<?> family, Map<String, Type> bound) {
    if (member.getTypeParameters().length == 0) {
      return of(member);
    }
    List<Type> arguments =
        Arrays.stream(family.getTypeParameters()).map(v -> resolved(v, bound)).toList();
    return named(member, bind(member, arguments));
  }

  private static List<Class<?>> members(Class<?> family) {
    List<Class<?>> members = new ArrayList<>();
    for (Class<?> permitted : family.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        members.addAll(members(permitted));
      } else {
        members.add(permitted);
      }
    }
    return List.copyOf(members);
  }

  private Part fields(Class<?> type, Map<String, Type> bound) {
    RecordComponent[] components = type.getRecordComponents();
    Constructor<?> constructor = constructor(type, components);
    Arrays.stream(components).forEach(component -> component.getAccessor().setAccessible(true));
    List<Part> parts = Arrays.stream(components).map(c -> of(c.getGenericType(), bound)).toList();
    String shape =
        Arrays.stream(components)
            .map(c -> c.getName() + ":" + of(c.getGenericType(), bound).shape())
            .collect(Collectors.joining(",", type.getSimpleName() + "(", ")"));
    return new Part(
        shape,
        (v, out) -> {
          for (int i = 0; i < components.length; i++) {
            parts.get(i).write(get(v, components[i]), out);
          }
        },
        in -> make(constructor, parts, in));
  }

  private static Constructor<?> constructor(Class<?> type, RecordComponent[] components) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type + " must be public, with a public constructor", e);
    }
  }

  private static Object get(Object record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(record.getClass() + " must be public", e);
    }
  }

  private static Object make(Constructor<?> constructor, List<Part> parts, ByteBuffer in) {
    Object[] values = parts.stream().map(part -> part.read(in)).toArray();
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new WireException(
          "a message breaks a rule of %s: %s"
              .formatted(constructor.getDeclaringClass().getSimpleName(), e.getCause()),
          e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(constructor + " must be public", e);
    }
  }

  private static Part items(String name, Part item, Function<List<Object>, Object> made) {
    return new Part(
        name + " of " + item.shape(),
        (v, out) -> {
          Collection<?> all = (Collection<?>) v;
          out.writeInt(all.size());
          for (Object one : all) {
            item.write(one, out);
          }
        },
        in -> {
          int count = Part.count(in, 1);
          List<Object> all = new ArrayList<>(count);
          for (int i = 0; i < count; i++) {
            all.add(item.read(in));
          }
          return made.apply(all);
        });
  }

  private static Part optional(Part item) {
    return new Part(
        item.shape() + "?",
        (v, out) -> {
          Optional<?> some = (Optional<?>) v;
          out.writeBoolean(some.isPresent());
          if (some.isPresent()) {
            item.write(some.get(), out);
          }
        },
        in -> Leaves.flag(in) ? Optional.of(item.read(in)) : Optional.empty());
  }

  private static int index(int index, int size, Class<?> type) {
    if (index < 0 || index >= size) {
      throw new WireException("a message names member %d of %s".formatted(index, type));
    }
    return index;
  }

  private static IllegalArgumentException foreign(Type type) {
    return new IllegalArgumentException(
        type.getTypeName()
            + " is not part of the vocabulary that travels between processes; see Parts");
  }
}
