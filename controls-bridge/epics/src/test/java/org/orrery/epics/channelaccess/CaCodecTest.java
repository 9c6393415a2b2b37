package org.orrery.epics.channelaccess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.Range;
import org.orrery.epics.server.PvState;

class CaCodecTest {
  private static CaMessage read(byte[] bytes, int maxPayloadBytes) throws IOException {
    return CaMessage.read(new DataInputStream(new ByteArrayInputStream(bytes)), maxPayloadBytes);
  }

  private static PvMetadata plain(ValueKind kind) {
    return new PvMetadata(
        kind,
        "",
        "",
        Range.NONE,
        Range.NONE,
        Limits.NONE,
        kind == ValueKind.CHOICE ? List.of("OFF", "ON") : List.of());
  }

  @Property(tries = 200)
  void shouldReadWhatItWrote(
      @ForAll @IntRange(max = 27) int command,
      @ForAll @IntRange(max = 34) int type,
      @ForAll @IntRange(max = 200_000) int count,
      @ForAll int first,
      @ForAll int second,
      @ForAll @IntRange(max = 70_000) int size)
      throws IOException {
    // Given
    byte[] payload = new byte[size];
    Arrays.fill(payload, (byte) command);
    CaMessage message =
        new CaMessage(command, type, count, first, second, ByteBuffer.wrap(payload));
    // When
    CaMessage read = read(message.bytes(), 1 << 20);
    // Then
    assertThat(List.of(read.command(), read.type(), read.count(), read.first(), read.second()))
        .containsExactly(command, type, count, first, second);
    byte[] got = new byte[size];
    read.payload().get(got);
    assertThat(got).isEqualTo(payload);
    assertThat(read.payload().remaining()).isLessThan(8);
  }

  @Test
  void shouldRefuseAMessageThatIsTooLargeBeforeItReadsIt() {
    // Given
    byte[] large = new CaMessage(4, 6, 9, 1, 1, ByteBuffer.wrap(new byte[72])).bytes();
    // When / Then
    assertThatThrownBy(() -> read(large, 64)).hasMessageContaining("at most 64 bytes");
  }

  @Property
  void shouldCutATextBetweenCharacters(
      @ForAll @StringLength(max = 60) String text, @ForAll @IntRange(min = 2, max = 60) int field) {
    // Given
    String valid = text.replaceAll("[\\p{Cs}\\x00]", "ü");
    ByteBuffer out = ByteBuffer.allocate(field);
    // When
    CaText.write(out, valid, field);
    // Then
    String read = CaText.read(out.flip(), field);
    assertThat(out.hasRemaining()).isFalse();
    assertThat(valid).startsWith(read);
    assertThat(CaText.fits(valid, field)).isEqualTo(read.equals(valid));
  }

  /** Whatever a client sends, it is a value of the PV's kind or a status. */
  @Property
  void shouldReadAnyPutAsAValueOrRefuseIt(
      @ForAll ValueKind kind,
      @ForAll @IntRange(max = 40) int type,
      @ForAll @IntRange(max = 20) int count,
      @ForAll @Size(max = 200) byte[] payload) {
    // Given
    CaMessage put = new CaMessage(CaWire.WRITE_NOTIFY, type, count, 1, 1, ByteBuffer.wrap(payload));
    // When
    Optional<Value> value = Optional.empty();
    try {
      value = Optional.of(PutReader.read(plain(kind), put));
    } catch (PutReader.Unreadable unreadable) {
      assertThat(unreadable.status()).isNotEqualTo(CaWire.NORMAL);
    }
    // Then
    assertThat(value.map(ValueKind::of).orElse(kind)).isEqualTo(kind);
  }

  /** Every type is as long as the protocol says, so that no client reads past it. */
  @Property
  void shouldWriteEveryTypeInItsLength(
      @ForAll @IntRange(max = 34) int type, @ForAll @IntRange(min = 1, max = 50) int count) {
    // Given
    int[] headers = {
      0, 0, 0, 0, 0, 0, 0, 4, 4, 4, 4, 5, 4, 8, 12, 14, 12, 14, 15, 12, 16, 4, 24, 40, 422, 19, 36,
      64, 4, 28, 48, 422, 21, 44, 80
    };
    PvState state = PvState.normal(DoubleArrayValue.of(1, 2, 3), 1_800_000_000_000_000_000L);
    // When
    DbrWriter.Payload written =
        DbrWriter.write(plain(ValueKind.DOUBLE_ARRAY), state, false, type, count).orElseThrow();
    // Then
    long bytes = headers[type] + CaWire.bytes(type, count);
    assertThat(written.bytes().remaining()).isEqualTo((int) Math.max(8, bytes));
    assertThat(written.count()).isEqualTo(count);
  }
}
