package org.orrery.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.orrery.contract.Person;
import org.orrery.contract.Person.Role;
import org.orrery.contract.Reply;
import org.orrery.contract.command.WritingRequest.Release;
import org.orrery.contract.command.WritingRequest.Stop;
import org.orrery.contract.command.WritingState;

class WritingSwitchTest {
  private static final Person SHIFTER = new Person("shifter", Set.of(Role.SHIFTER));
  private static final Person ANNA = new Person("anna", Set.of(Role.EXPERT));
  private static final Person BORIS = new Person("boris", Set.of(Role.EXPERT));
  private static final WritingState STOPPED = WritingSwitch.stopped("shifter", "smoke", 5);

  @Test
  void shouldLetAnyoneStop() {
    // When
    Reply<WritingState> reply =
        WritingSwitch.step(
            WritingSwitch.released(0), new Stop(new Person("pv", Set.of()), "test"), 7);

    // Then
    assertThat(reply)
        .isEqualTo(new Reply.Done<>(new WritingState(true, "pv", "test", 7, List.of())));
  }

  @Test
  void shouldReleaseOnlyWhenTwoDifferentExpertsAgree() {
    // When
    WritingState one = done(WritingSwitch.step(STOPPED, new Release(ANNA, "clear"), 8));
    Reply<WritingState> same = WritingSwitch.step(one, new Release(ANNA, "clear"), 9);
    Reply<WritingState> notExpert = WritingSwitch.step(one, new Release(SHIFTER, "clear"), 9);
    WritingState two = done(WritingSwitch.step(one, new Release(BORIS, "clear"), 9));

    // Then
    assertThat(one.stopped()).isTrue();
    assertThat(one.releasedBy()).containsExactly("anna");
    assertThat(same).isInstanceOf(Reply.Declined.class);
    assertThat(notExpert).isInstanceOf(Reply.Declined.class);
    assertThat(two.stopped()).isFalse();
    assertThat(two.releasedBy()).containsExactly("anna", "boris");
  }

  @Test
  void shouldForgetAReleaseWhenSomebodyStopsAgain() {
    // Given
    WritingState one = done(WritingSwitch.step(STOPPED, new Release(ANNA, "clear"), 8));

    // When
    WritingState again = done(WritingSwitch.step(one, new Stop(SHIFTER, "still smoke"), 9));

    // Then
    assertThat(again).isEqualTo(new WritingState(true, "shifter", "still smoke", 5, List.of()));
  }

  @Test
  void shouldDeclineAReleaseOfWhatIsNotStopped() {
    // When
    Reply<WritingState> reply =
        WritingSwitch.step(WritingSwitch.released(0), new Release(ANNA, "?"), 1);

    // Then
    assertThat(reply).isInstanceOf(Reply.Declined.class);
  }

  private static WritingState done(Reply<WritingState> reply) {
    return ((Reply.Done<WritingState>) reply).value();
  }
}
