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

  @Test
  void shouldReadWhatWasWrittenByVersionOne() throws IOException {
    // Given
    String golden;
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("/golden/proposal-v1.json"))) {
      golden = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    // When
    Proposal read = RecordJson.read(golden, Proposal.class);

    // Then
    assertThat(read).isEqualTo(Proposals.golden());
    assertThat(RecordJson.write(read)).isEqualTo(golden);
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
