package org.orrery.alarms.core.phoebus;

import java.util.List;

/** A message of Phoebus' topics, decoded. */
public sealed interface PhoebusMessage {
  /** The item that it is about. */
  PhoebusPath path();

  /** A PV is in the tree, with these settings. */
  record LeafConfigured(PhoebusPath path, LeafConfig config) implements PhoebusMessage {}

  /** A branch is in the tree; what its guidance says holds for what has none below it. */
  record BranchConfigured(PhoebusPath path, List<String> guidance) implements PhoebusMessage {
    public BranchConfigured {
      guidance = List.copyOf(guidance);
    }
  }

  /** An item was taken out of the tree, with all below it. */
  record ConfigRemoved(PhoebusPath path) implements PhoebusMessage {}

  /** How a PV's alarm stands. */
  record StateTold(PhoebusPath path, LeafState state, boolean maintenance)
      implements PhoebusMessage {}

  /** How a branch stands: nothing that its leaves do not say, but the server lives. */
  record BranchState(PhoebusPath path, boolean maintenance) implements PhoebusMessage {}

  /** The server forgot a state. */
  record StateRemoved(PhoebusPath path) implements PhoebusMessage {}

  /** Somebody acknowledged, or took it back, for an item and all below it. */
  record Commanded(PhoebusPath path, String user, boolean acknowledge) implements PhoebusMessage {}

  /**
   * Settings of a PV.
   *
   * @param description for people; may be empty
   * @param enabled whether it alarms at all
   * @param enabledAgain when it will be enabled again as Phoebus writes it, site time; empty where
   *     that is not set
   * @param guidance what to do
   */
  record LeafConfig(
      String description, boolean enabled, String enabledAgain, List<String> guidance) {
    public LeafConfig {
      guidance = List.copyOf(guidance);
    }
  }

  /**
   * State of a PV's alarm.
   *
   * @param severity the alarm's severity: latched, acknowledged, or as the PV is
   * @param message the status that it came with, for example {@code HIHI}
   * @param value the value that it came with
   * @param timeNs when, epoch ns
   * @param current the PV's own severity now
   * @param currentMessage the PV's own status now
   */
  record LeafState(
      PhoebusSeverity severity,
      String message,
      String value,
      long timeNs,
      PhoebusSeverity current,
      String currentMessage) {}
}
