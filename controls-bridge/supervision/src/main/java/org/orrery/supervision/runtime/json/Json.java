package org.orrery.supervision.runtime.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON text as a tree and back; fields are sorted, so one content has one text. Deeply immutable.
 */
sealed interface Json {
  /** An object with its fields in order of their names. */
  record Obj(Map<String, Json> fields) implements Json {
    public Obj {
      fields = java.util.Collections.unmodifiableMap(new TreeMap<>(fields));
    }
  }

  /** A list. */
  record Arr(List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }
  }

  /** A text. */
  record Text(String value) implements Json {}

  /** A number as its digits, so that none gets lost. */
  record Num(String digits) implements Json {}

  /** A truth value. */
  record Bool(boolean value) implements Json {}

  /** Nothing. */
  record Null() implements Json {}

  /** The text of a tree. */
  static String write(Json json) {
    StringWriter out = new StringWriter();
    try (JsonGenerator generator = Factory.JSON.createGenerator(out)) {
      write(generator, json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return out.toString();
  }

  private static void write(JsonGenerator out, Json json) throws IOException {
    switch (json) {
      case Obj obj -> {
        out.writeStartObject();
        for (Map.Entry<String, Json> field : obj.fields().entrySet()) {
          out.writeFieldName(field.getKey());
          write(out, field.getValue());
        }
        out.writeEndObject();
      }
      case Arr arr -> {
        out.writeStartArray();
        for (Json item : arr.items()) {
          write(out, item);
        }
        out.writeEndArray();
      }
      case Text text -> out.writeString(text.value());
      case Num num -> out.writeNumber(num.digits());
      case Bool bool -> out.writeBoolean(bool.value());
      case Null _ -> out.writeNull();
    }
  }

  /**
   * The tree of a text.
   *
   * @throws IllegalArgumentException if the text is not one JSON value
   */
  static Json read(String text) {
    try (JsonParser parser = Factory.JSON.createParser(text)) {
      Json json = read(parser, parser.nextToken());
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more than one JSON value");
      }
      return json;
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
  }

  private static Json read(JsonParser parser, @org.jspecify.annotations.Nullable JsonToken token)
      throws IOException {
    if (token == null) {
      throw new IllegalArgumentException("the JSON text ends too early");
    }
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Json> fields = new TreeMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          if (fields.put(name, read(parser, parser.nextToken())) != null) {
            throw new IllegalArgumentException("field " + name + " stands twice");
          }
        }
        yield new Obj(fields);
      }
      case START_ARRAY -> {
        List<Json> items = new ArrayList<>();
        for (JsonToken next = parser.nextToken();
            next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          items.add(read(parser, next));
        }
        yield new Arr(items);
      }
      case VALUE_STRING -> new Text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Num(parser.getText());
      case VALUE_TRUE -> new Bool(true);
      case VALUE_FALSE -> new Bool(false);
      case VALUE_NULL -> new Null();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalArgumentException("unexpected " + token);
    };
  }

  /** Holds the parser factory. */
  final class Factory {
    private static final JsonFactory JSON = new JsonFactory();

    private Factory() {}
  }
}
