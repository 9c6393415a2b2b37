package org.orrery.bus.wire;

import com.google.protobuf.ProtocolMessageEnum;
import java.util.EnumMap;
import java.util.Map;

/**
 * Pairs an enumeration of the vocabulary with its Protobuf twin by name: {@code MAJOR} with {@code
 * SEVERITY_MAJOR}. Made once per pair; a vocabulary constant without a twin fails at class loading.
 * Immutable.
 */
final class EnumBridge<A extends Enum<A>, B extends Enum<B> & ProtocolMessageEnum> {
  private final String what;
  private final Map<A, B> toWire;
  private final Map<B, A> fromWire;

  EnumBridge(String prefix, Class<A> vocabulary, Class<B> wire) {
    this.what = prefix.toLowerCase(java.util.Locale.ROOT).replace('_', ' ').strip();
    this.toWire = new EnumMap<>(vocabulary);
    this.fromWire = new EnumMap<>(wire);
    for (A constant : vocabulary.getEnumConstants()) {
      B twin = Enum.valueOf(wire, prefix + constant.name());
      toWire.put(constant, twin);
      fromWire.put(twin, constant);
    }
  }

  B toWire(A constant) {
    B twin = toWire.get(constant);
    if (twin == null) {
      throw new IllegalStateException(what + " " + constant + " has no twin on the wire");
    }
    return twin;
  }

  A fromWire(B twin) {
    A constant = fromWire.get(twin);
    if (constant == null) {
      throw new WireException(
          "%s %s is not known here; bring this Orrery up to date".formatted(what, twin.name()));
    }
    return constant;
  }
}
