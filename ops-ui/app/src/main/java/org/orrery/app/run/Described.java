package org.orrery.app.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.orrery.contract.CanonicalBytes;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Facility;

/**
 * Digests of all that a facility description and access rules say, one for each part of them, so
 * that two processes can tell whether they work by the same ones, and in what they differ. A part
 * is a component of the records, so nothing that is added to them is left out. The same in every
 * process, however the files order what has no order. Stateless.
 */
final class Described {
  /** Enough that no two descriptions are taken for the same by accident. */
  private static final int DIGITS = 16;

  private Described() {}

  static SortedMap<String, String> parts(Facility facility, AccessRules access) {
    SortedMap<String, String> parts = new TreeMap<>();
    for (RecordComponent part : Facility.class.getRecordComponents()) {
      if (!part.getName().equals("channels")) {
        parts.put(words(part), digest(get(facility, part)));
      }
    }
    Collection<Channel> channels = facility.channels().values();
    for (RecordComponent part : Channel.class.getRecordComponents()) {
      Map<String, Object> byChannel = new TreeMap<>();
      channels.forEach(channel -> byChannel.put(channel.id().value(), get(channel, part)));
      parts.put("channels: " + words(part), digest(byChannel));
    }
    for (RecordComponent part : AccessRules.class.getRecordComponents()) {
      parts.put("access rules: " + words(part), digest(get(access, part)));
    }
    return parts;
  }

  /** {@code deviceLimits} as {@code device limits}. */
  private static String words(RecordComponent part) {
    return part.getName().replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  private static String digest(Object value) {
    return encode(value).sha256().toHex().substring(0, DIGITS);
  }

  private static CanonicalBytes encode(Object value) {
    CanonicalBytes bytes = new CanonicalBytes("orrery.described.v1");
    append(bytes, value);
    return bytes;
  }

  private static void append(CanonicalBytes bytes, Object value) {
    switch (value) {
      case String text -> bytes.text(text);
      case Boolean flag -> bytes.flag(flag);
      case Long number -> bytes.integer(number);
      case Integer number -> bytes.integer(number);
      case Double number -> bytes.number(number);
      case Enum<?> constant -> bytes.text(constant.name());
      case Optional<?> some -> bytes.list(some.stream().toList(), Described::append);
      case OptionalDouble some -> bytes.list(some.stream().boxed().toList(), Described::append);
      case List<?> list -> bytes.list(list, Described::append);
      case Collection<?> unordered -> bytes.list(sorted(unordered), CanonicalBytes::text);
      case Map<?, ?> map -> bytes.list(sorted(map.entrySet()), CanonicalBytes::text);
      case Map.Entry<?, ?> entry ->
          bytes.list(List.of(entry.getKey(), entry.getValue()), Described::append);
      case Record record ->
          bytes
              .text(record.getClass().getSimpleName())
              .list(
                  Arrays.stream(record.getClass().getRecordComponents())
                      .map(part -> get(record, part))
                      .toList(),
                  Described::append);
      default ->
          throw new IllegalArgumentException(
              value.getClass() + " has no canonical form; give it one in Described");
    }
  }

  private static List<String> sorted(Collection<?> unordered) {
    return unordered.stream().map(one -> encode(one).sha256().toHex()).sorted().toList();
  }

  private static Object get(Record record, RecordComponent part) {
    try {
      return part.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException(record.getClass() + " must be public", e);
    }
  }
}
