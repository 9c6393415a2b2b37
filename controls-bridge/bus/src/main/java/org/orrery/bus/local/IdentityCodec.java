package org.orrery.bus.local;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Passes a deeply immutable message by reference within one process, and refuses to leave it. */
final class IdentityCodec implements MessageCodec<Object, Object> {
  static final String NAME = "orrery.identity";

  @Override
  public void encodeToWire(Buffer buffer, Object message) {
    throw new UnsupportedOperationException(
        "the local bus does not leave its process; see ClusterBus");
  }

  @Override
  public Object decodeFromWire(int position, Buffer buffer) {
    throw new UnsupportedOperationException(
        "the local bus does not leave its process; see ClusterBus");
  }

  @Override
  public Object transform(Object message) {
    return message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
