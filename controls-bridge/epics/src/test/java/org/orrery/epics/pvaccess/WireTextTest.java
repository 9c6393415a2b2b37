package org.orrery.epics.pvaccess;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.epics.pvdata.misc.SerializeHelper;
import org.epics.pvdata.pv.Field;
import org.epics.pvdata.pv.SerializableControl;

class WireTextTest {
  private static final SerializableControl UNBOUNDED =
      new SerializableControl() {
        @Override
        public void flushSerializeBuffer() {}

        @Override
        public void ensureBuffer(int size) {}

        @Override
        public void alignBuffer(int alignment) {}

        @Override
        public void cachedSerialize(Field field, ByteBuffer buffer) {}
      };

  @Property
  void shouldArriveAsItWasSent(@ForAll @StringLength(max = 400) String text) {
    // Given
    ByteBuffer wire = ByteBuffer.allocate(8_192);
    // When
    SerializeHelper.serializeString(WireText.of(text), wire, UNBOUNDED);
    wire.flip();
    // Then
    assertThat(SerializeHelper.deserializeString(wire)).isEqualTo(text);
    assertThat(wire.hasRemaining()).isFalse();
  }
}
