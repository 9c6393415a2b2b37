package org.orrery.server.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The one JSON mapper; JSON stands only at HTTP. Stateless. */
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  static <T> ArrayNode array(Collection<? extends T> items, Function<T, ? extends JsonNode> view) {
    ArrayNode array = array();
    for (T item : items) {
      array.add(view.apply(item));
    }
    return array;
  }

  static ArrayNode texts(Collection<String> items) {
    ArrayNode array = array();
    items.forEach(array::add);
    return array;
  }

  /** JSON has no NaN and no infinity: they become null. */
  static @Nullable Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** Nanoseconds as milliseconds with a fraction, which a browser holds exactly enough. */
  static double ms(long ns) {
    return ns / 1_000 / 1_000.0;
  }

  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain nodes always writes", e);
    }
  }

  /**
   * Reads an object.
   *
   * @throws BadRequestException if the text is no JSON object
   */
  static ObjectNode readObject(@Nullable String text) {
    try {
      if (text != null && MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new BadRequestException("the request body is no JSON: " + e.getOriginalMessage());
    }
    throw new BadRequestException("the request body must be a JSON object");
  }

  /**
   * Reads an array of texts.
   *
   * @throws BadRequestException if the text is none
   */
  static List<String> readTexts(@Nullable String text) {
    try {
      if (text != null && MAPPER.readTree(text) instanceof ArrayNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
      }
    } catch (JsonProcessingException e) {
      throw new BadRequestException("the request body is no JSON: " + e.getOriginalMessage());
    }
    throw new BadRequestException("the request body must be a JSON array of texts");
  }

  /**
   * A text of an object.
   *
   * @throws BadRequestException if it is missing or longer than 2,000 characters
   */
  static String text(ObjectNode object, String key) {
    JsonNode node = object.get(key);
    if (node == null || !node.isTextual()) {
      throw new BadRequestException("'" + key + "' is missing or no text");
    }
    if (node.textValue().length() > 2_000) {
      throw new BadRequestException("'" + key + "' is longer than 2,000 characters; shorten it");
    }
    return node.textValue();
  }

  /** A request that cannot be understood; the message says what to change. */
  static final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadRequestException(String message) {
      super(message);
    }
  }
}
