package org.orrery.bus.cluster;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.orrery.bus.Endpoint;
import org.orrery.bus.Endpoints;
import org.orrery.bus.wire.message.MessageCodec;

/** What is asked and answered at each endpoint, as {@link Endpoints} declares it. Stateless. */
final class EndpointTypes {
  /**
   * The types of an endpoint.
   *
   * @param request what is asked
   * @param reply what is answered
   */
  record Types(Type request, Type reply) {}

  private static final Map<String, Types> ALL = declared();

  private EndpointTypes() {}

  static Types of(Endpoint<?, ?> endpoint) {
    Types types = ALL.get(endpoint.address());
    if (types == null) {
      throw new IllegalArgumentException(
          "endpoint " + endpoint.address() + " does not stand in Endpoints; declare it there");
    }
    return types;
  }

  /** Digest of all that goes between processes on the event bus. */
  static String shape() {
    List<Type> types = new ArrayList<>();
    ALL.values().forEach(t -> types.addAll(List.of(t.request(), t.reply())));
    LiveTopics.ALL.forEach(live -> types.add(live.topic().type()));
    String addresses = String.join(",", ALL.keySet()) + LiveTopics.addresses();
    return MessageCodec.shape(types) + "-" + Integer.toHexString(addresses.hashCode());
  }

  private static Map<String, Types> declared() {
    Map<String, Types> types = new TreeMap<>();
    Arrays.stream(Endpoints.class.getFields())
        .filter(field -> field.getType() == Endpoint.class)
        .forEach(field -> add(types, field));
    return types;
  }

  private static void add(Map<String, Types> types, Field field) {
    Type[] arguments = ((ParameterizedType) field.getGenericType()).getActualTypeArguments();
    try {
      Endpoint<?, ?> endpoint = (Endpoint<?, ?>) field.get(null);
      if (endpoint != null) {
        types.put(endpoint.address(), new Types(arguments[0], arguments[1]));
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(field + " must be public", e);
    }
  }
}
