package org.orrery.supervision.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.orrery.contract.Person;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.contract.value.Value;
import org.orrery.supervision.Proposals;

class RecordJsonTest {
  @Provide
  Arbitrary<Proposal> proposals() {
    return Proposals.any();
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void shouldReadBackWhatItWrote(@ForAll("proposals") Proposal proposal) {
    String text = RecordJson.write(proposal);
    Proposal read = RecordJson.read(text, Proposal.class);
    assertThat(read).isEqualTo(proposal);
    assertThat(read.plan().hash()).isEqualTo(proposal.plan().hash());
    assertThat(RecordJson.write(read)).isEqualTo(text);
  }

  @Property(tries = 300)
  void shouldKeepEveryNumber(@ForAll double number, @ForAll long integer, @ForAll String words) {
    StepRecord.Check check =
        new StepRecord.Check(new ChannelId("a"), number, -number, Double.NaN, true, integer);
    ProposalState state = new ProposalState.Held(integer, java.util.List.of(), 1, words);
    Holder holder = new Holder(check, state, Value.of(number));
    assertThat(RecordJson.read(RecordJson.write(holder), Holder.class)).isEqualTo(holder);
  }

  /** Something to write. */
  public record Holder(StepRecord.Check check, ProposalState state, Value value) {}

  /** The hash is what the program of that time computed, so what was approved then still stands. */
  @Test
  void shouldReadWhatWasWrittenBeforePlansNamedWhoAsked() throws IOException {
    // When
    Proposal read = RecordJson.read(golden(1), Proposal.class);

    // Then
    assertThat(read).isEqualTo(Proposals.golden());
    assertThat(RecordJson.write(read)).isEqualTo(golden(1));
    assertThat(read.plan().askedBy()).isEqualTo("orrery");
    assertThat(read.plan().hash().toHex())
        .isEqualTo("925392c9ea01ab4bb59ccb2cae440fe52a3835a97d867c52e89083f4be365d70");
  }

  @Test
  void shouldReadWhoAskedForThePlan() throws IOException {
    // When
    Proposal read = RecordJson.read(golden(2), Proposal.class);

    // Then
    assertThat(read).isEqualTo(Proposals.goldenAsked());
    assertThat(RecordJson.write(read)).isEqualTo(golden(2));
    assertThat(read.plan().askedBy()).isEqualTo("anna");
    assertThat(read.plan().hash().toHex())
        .isEqualTo("9a5320cf508b7a642a2eace2533aad99b00de726cae83abab12a736faaa4a708");
    assertThat(read.plan().revised("", RiskClass.NORMAL, read.plan().steps()).askedBy())
        .isEqualTo("anna");
  }

  @Test
  void shouldReadTheLimitOfTimeAndWhatWasShownWhenItBegan() throws IOException {
    // When
    Proposal read = RecordJson.read(golden(3), Proposal.class);

    // Then
    assertThat(read).isEqualTo(Proposals.goldenBegun());
    assertThat(RecordJson.write(read)).isEqualTo(golden(3));
    assertThat(read.plan().hash().toHex())
        .isEqualTo("75e66b7a2c58fe1ab1793a5b0788c3d75aee71b2a8dbe3fef1ae860d2de19c37");
  }

  private String golden(int version) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            getClass().getResourceAsStream("/golden/proposal-v" + version + ".json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  @Test
  void shouldSortFieldsAndNameMembersOfFamilies() {
    // Given
    var outcome =
        new CommandOutcome.Confirmed(new CommandId("c-1"), 5, new Value.ChoiceValue(1, "ON"));
    StepRecord record =
        new StepRecord(
            0, false, new CommandId("c-1"), java.util.List.of(outcome), java.util.List.of());

    // When
    String text = RecordJson.write(record);

    // Then
    assertThat(text)
        .isEqualTo(
            "{\"checks\":[],\"command\":\"c-1\",\"outcomes\":[{\"atNs\":5,\"command\":\"c-1\","
                + "\"is\":\"Confirmed\",\"readback\":{\"index\":1,\"is\":\"ChoiceValue\","
                + "\"label\":\"ON\"}}],\"step\":0,\"undo\":false}");
  }

  @Test
  void shouldNameThePlaceOfWhatItCannotRead() {
    // Given
    String missing = "{\"name\":\"anna\"}";
    String unknown = "{\"name\":\"anna\",\"roles\":[],\"shoe\":43}";
    String wrong = "{\"name\":\"anna\",\"roles\":[\"KING\"]}";

    // When, Then
    assertThatThrownBy(() -> RecordJson.read(missing, Person.class))
        .hasMessageContaining("Person.roles is missing");
    assertThatThrownBy(() -> RecordJson.read(unknown, Person.class))
        .hasMessageContaining("has no field shoe");
    assertThatThrownBy(() -> RecordJson.read(wrong, Person.class))
        .hasMessageContaining("Person.roles[0]: KING is no Role");
    assertThatThrownBy(() -> RecordJson.read("{\"name\":", Person.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RecordJson.read("{} {}", Person.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(
            RecordJson.write(new Person("anna", Set.of(Person.Role.SHIFTER, Person.Role.EXPERT))))
        .isEqualTo("{\"name\":\"anna\",\"roles\":[\"EXPERT\",\"SHIFTER\"]}");
  }
}
