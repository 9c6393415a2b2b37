package org.orrery.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.orrery.contract.Bytes;
import org.orrery.contract.Person;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.Consent;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.gateway.core.JournalFrames.Scan;

class JournalTest {
  @Provide
  Arbitrary<List<Bytes>> payloads() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMinSize(1)
        .ofMaxSize(40)
        .map(Bytes::of)
        .list()
        .ofMinSize(2)
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<JournalEntry> entries() {
    return Arbitraries.oneOf(attempts(), ends(), turnedAway(), switches());
  }

  private static Arbitrary<JournalEntry> attempts() {
    Arbitrary<Command> commands =
        Combinators.combine(
                ids(),
                values(),
                texts(),
                preconditions().list().ofMaxSize(3),
                numbers(),
                consents().list().ofMaxSize(3))
            .as(
                (id, value, text, preconditions, number, approvals) ->
                    new Command(
                        new CommandId(id),
                        new ProposalId(id),
                        Bytes.of(text.getBytes(StandardCharsets.UTF_8)),
                        Math.floorMod(number, 1_000),
                        TestPlant.SPEED,
                        value,
                        text,
                        preconditions,
                        number,
                        number + 1,
                        number + 2,
                        new Consent(text, Set.of(), 0),
                        approvals));
    return Combinators.combine(commands, values(), numbers())
        .as(
            (command, before, at) ->
                new JournalEntry.Attempted(
                    new SignedCommand(command, Bytes.of(new byte[64])), before, at));
  }

  /** Some by a name alone, as journals from before roles were on record have them. */
  private static Arbitrary<Consent> consents() {
    return Arbitraries.oneOf(
        texts().map(name -> new Consent(name, Set.of(), 0)),
        Combinators.combine(texts(), Arbitraries.of(Person.Role.class).set(), numbers())
            .as(Consent::new));
  }

  private static Arbitrary<JournalEntry> ends() {
    return Combinators.combine(
            ids(),
            values(),
            texts(),
            numbers(),
            Arbitraries.of(CommandOutcome.Reason.class),
            Arbitraries.integers().between(0, 2))
        .as(
            (id, value, text, at, reason, kind) -> {
              CommandId command = new CommandId(id);
              CommandOutcome outcome =
                  switch (kind) {
                    case 0 -> new CommandOutcome.Confirmed(command, at, value);
                    case 1 -> new CommandOutcome.Refused(command, at, reason, text);
                    default -> new CommandOutcome.Unknown(command, at, text);
                  };
              return new JournalEntry.Ended(command, outcome, kind != 2, at);
            });
  }

  private static Arbitrary<JournalEntry> turnedAway() {
    return Combinators.combine(
            ids(), Arbitraries.of(CommandOutcome.Reason.class), texts(), numbers(), numbers())
        .as(
            (id, reason, text, omitted, at) ->
                new JournalEntry.TurnedAway(new CommandId(id), reason, text, omitted, at));
  }

  private static Arbitrary<JournalEntry> switches() {
    return Combinators.combine(texts(), texts(), numbers(), texts().list().ofMaxSize(2))
        .as(
            (by, reason, since, agreed) ->
                new JournalEntry.Switched(new WritingState(true, by, reason, since, agreed)));
  }

  private static Arbitrary<Precondition> preconditions() {
    Arbitrary<Precondition.Condition> conditions =
        Arbitraries.oneOf(
            texts().map(Precondition.Condition.Shows::new),
            Arbitraries.doubles().map(d -> new Precondition.Condition.Within(d + 0.0, d + 1)));
    return Combinators.combine(conditions, numbers(), texts())
        .as((condition, age, because) -> new Precondition(TestPlant.FLOW, condition, age, because));
  }

  private static Arbitrary<Value> values() {
    Arbitrary<DoubleArrayValue> arrays =
        Arbitraries.doubles()
            .map(d -> d + 0.0)
            .array(double[].class)
            .ofMaxSize(5)
            .map(DoubleArrayValue::of);
    return Arbitraries.oneOf(
        Arbitraries.doubles().map(d -> Value.of(d + 0.0)),
        numbers().map(Value.LongValue::new),
        texts().map(Value::of),
        texts().map(label -> new Value.ChoiceValue(label.length(), label)),
        arrays,
        arrays.map(
            contents ->
                new HistogramValue(
                    DoubleArrayValue.of(new double[contents.size() + 1]), contents)));
  }

  private static Arbitrary<String> ids() {
    return Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(20);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().ofMaxLength(20).map(JournalTest::wellFormed);
  }

  /** Lone surrogates have no UTF-8 form. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static Arbitrary<Long> numbers() {
    return Arbitraries.longs().between(-1L << 60, 1L << 60);
  }

  @Property(tries = 300)
  void shouldReadBackEveryEntry(@ForAll("entries") JournalEntry entry) {
    // Given
    Bytes bytes = JournalCodec.encode(entry);

    // When
    JournalEntry read = JournalCodec.decode(bytes);

    // Then
    assertThat(read).isEqualTo(entry);
  }

  @Property(tries = 300)
  void shouldRefuseBytesThatAreNoEntry(
      @ForAll("entries") JournalEntry entry, @ForAll @IntRange(max = 100_000) int cut) {
    // Given
    byte[] whole = JournalCodec.encode(entry).toArray();
    Bytes broken = Bytes.of(Arrays.copyOf(whole, cut % whole.length));

    // When / Then
    assertThatThrownBy(() -> JournalCodec.decode(broken))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 300)
  void shouldKeepEveryWholeEntryOfATornFile(
      @ForAll("payloads") List<Bytes> payloads, @ForAll @IntRange(max = 100_000) int cut) {
    // Given
    byte[] file = file(payloads);
    int length = cut % (file.length + 1);
    Bytes torn = Bytes.of(Arrays.copyOf(file, length));

    // When
    Scan scan = JournalFrames.scan(torn);

    // Then
    assertThat(scan)
        .isInstanceOfSatisfying(
            Scan.Readable.class,
            readable -> {
              List<Bytes> whole = wholeWithin(payloads, length);
              assertThat(readable.payloads()).isEqualTo(whole);
              assertThat(readable.validBytes()).isLessThanOrEqualTo(length);
            });
  }

  @Property(tries = 300)
  void shouldNeverReadAFlippedByteAsAnEntry(
      @ForAll("payloads") List<Bytes> payloads,
      @ForAll @IntRange(max = 100_000) int at,
      @ForAll @IntRange(min = 1, max = 255) int flip) {
    // Given
    byte[] file = file(payloads);
    int index = at % file.length;
    file[index] ^= (byte) flip;
    int lastFrame = file.length - JournalFrames.frame(payloads.getLast()).size();

    // When
    Scan scan = JournalFrames.scan(Bytes.of(file));

    // Then
    if (index < lastFrame) {
      assertThat(scan).isInstanceOf(Scan.Corrupt.class);
    } else {
      assertThat(scan)
          .isInstanceOfSatisfying(
              Scan.Readable.class,
              readable -> assertThat(readable.payloads()).hasSize(payloads.size() - 1));
    }
  }

  private static byte[] file(List<Bytes> payloads) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(JournalFrames.HEAD.toArray());
    payloads.forEach(p -> out.writeBytes(JournalFrames.frame(p).toArray()));
    return out.toByteArray();
  }

  private static List<Bytes> wholeWithin(List<Bytes> payloads, int length) {
    List<Bytes> whole = new ArrayList<>();
    int end = JournalFrames.HEAD.size();
    for (Bytes payload : payloads) {
      end += JournalFrames.frame(payload).size();
      if (end > length) {
        break;
      }
      whole.add(payload);
    }
    return whole;
  }
}
