package org.orrery.app.siteimport;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A record of an EPICS database.
 *
 * @param type the record type, for example {@code ai}
 * @param name its name
 * @param fields the fields that the database sets
 * @param place where it is defined first
 */
record EpicsRecord(String type, String name, Map<String, String> fields, Place place) {
  EpicsRecord {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** The field's value, empty where it is not set. */
  String field(String field) {
    return fields.getOrDefault(field, "").strip();
  }

  /** A number, where the field is set and is one. */
  OptionalDouble number(String field) {
    try {
      String text = field(field);
      return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** The same record with the fields of another definition of it, which win. */
  EpicsRecord and(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.putAll(more);
    return new EpicsRecord(type, name, all, place);
  }
}
