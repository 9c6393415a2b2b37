package org.orrery.alarms.core.phoebus;

import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.sample.Severity;

/**
 * What a leaf of the tree means in the words of ISA-18.2.
 *
 * @param path where it stands
 * @param state its state
 * @param severity how bad; the latched severity, not the PV's own
 * @param message what people read: the alarm, and what the PV says now where that is something else
 * @param timeNs when it began, epoch ns; 0 where Phoebus does not say
 * @param acknowledgedBy who acknowledged it, where that is known
 */
record Reading(
    PhoebusPath path,
    AlarmState state,
    Severity severity,
    String message,
    long timeNs,
    Optional<String> acknowledgedBy) {
  /** The message with which the server says that a filter switched an alarm off. */
  private static final String FILTERED = "Disabled";

  /** What calls loudest, then what is worst. */
  static final Comparator<Reading> LOUDEST_FIRST =
      Comparator.comparingInt(Reading::rank)
          .thenComparing(Reading::severity, Comparator.reverseOrder())
          .thenComparing(Reading::path);

  static Reading of(PhoebusTree.Leaf leaf) {
    PhoebusMessage.@Nullable LeafConfig config = leaf.config;
    PhoebusMessage.@Nullable LeafState state = leaf.state;
    if (config != null && !config.enabledAgain().isEmpty()) {
      return quiet(leaf, AlarmState.SHELVED, "disabled until " + config.enabledAgain());
    }
    if (config != null && !config.enabled()) {
      return quiet(leaf, AlarmState.OUT_OF_SERVICE, "disabled");
    }
    if (state == null) {
      return quiet(leaf, AlarmState.NORMAL, "");
    }
    if (state.severity() == PhoebusSeverity.OK) {
      return state.message().equals(FILTERED)
          ? quiet(leaf, AlarmState.SUPPRESSED_BY_DESIGN, "switched off by its filter")
          : quiet(leaf, AlarmState.NORMAL, "");
    }
    AlarmState isa =
        state.severity().isAcknowledged()
            ? AlarmState.ACKNOWLEDGED
            : state.current() == PhoebusSeverity.OK
                ? AlarmState.RETURNED_UNACKNOWLEDGED
                : AlarmState.UNACKNOWLEDGED;
    return new Reading(
        leaf.path,
        isa,
        state.severity().severity(),
        words(state),
        state.timeNs(),
        isa == AlarmState.ACKNOWLEDGED && !leaf.acknowledgedBy.isEmpty()
            ? Optional.of(leaf.acknowledgedBy)
            : Optional.empty());
  }

  /** How soon a person must act, where the facility does not say. */
  AlarmSettings.Priority priority() {
    return severity.compareTo(Severity.MINOR) > 0
        ? AlarmSettings.Priority.HIGH
        : AlarmSettings.Priority.MEDIUM;
  }

  private int rank() {
    return switch (state) {
      case UNACKNOWLEDGED -> 0;
      case RETURNED_UNACKNOWLEDGED -> 1;
      case ACKNOWLEDGED -> 2;
      case SUPPRESSED_BY_DESIGN, SHELVED, OUT_OF_SERVICE -> 3;
      case NORMAL -> 4;
    };
  }

  private static Reading quiet(PhoebusTree.Leaf leaf, AlarmState state, String why) {
    return new Reading(leaf.path, state, Severity.NONE, why, 0, Optional.empty());
  }

  /**
   * A latched severity hides what the PV says now: acknowledging a lost connection also
   * acknowledges the alarm beneath it, so that must be on the screen before.
   */
  private static String words(PhoebusMessage.LeafState state) {
    String value = state.value().isEmpty() ? "" : " (" + state.value() + ")";
    String words = words(state.severity(), state.message()) + value;
    boolean same =
        state.current().word().equals(state.severity().word())
            && state.currentMessage().equals(state.message());
    return same ? words : words + "; now " + words(state.current(), state.currentMessage());
  }

  private static String words(PhoebusSeverity severity, String message) {
    return severity == PhoebusSeverity.OK || message.isEmpty()
        ? severity.word()
        : severity.word() + " " + message;
  }
}
