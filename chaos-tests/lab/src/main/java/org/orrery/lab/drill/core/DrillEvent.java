package org.orrery.lab.drill.core;

import org.orrery.contract.drill.DrillRequest;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.value.Value;

/** What a drill hears. */
public sealed interface DrillEvent {
  /** Time passed. */
  record Tick() implements DrillEvent {}

  /**
   * The twin spoke.
   *
   * @param agrees whether it agrees with the detector
   */
  record TwinHeard(boolean agrees) implements DrillEvent {}

  /** A watched channel was read. */
  record Measured(ChannelId channel, Value value) implements DrillEvent {}

  /**
   * The simulated detector answered orders.
   *
   * @param key the key under which they were given
   * @param done whether all of them were carried out
   * @param text what it said
   */
  record OrdersAnswered(String key, boolean done, String text) implements DrillEvent {}

  /** The trainee asks something. */
  record Asked(DrillRequest request) implements DrillEvent {}

  /** An alarm came. */
  record AlarmRaised(ChannelId channel, String message) implements DrillEvent {}

  /** A person acknowledged an alarm. */
  record Acknowledged(ChannelId channel, String by) implements DrillEvent {}

  /**
   * A detector of Orrery's found something; a finding that grows is heard again.
   *
   * @param id names the finding
   * @param title what people read
   */
  record Found(String id, String title) implements DrillEvent {}

  /**
   * Orrery ranked causes.
   *
   * @param cause the leading one, in words
   * @param probability how probable it is, 0 to 1
   */
  record Ranked(String cause, double probability) implements DrillEvent {}

  /** Orrery put a proposal before people. */
  record Proposed(String playbook, String title) implements DrillEvent {}

  /** A person agreed to a proposal that needs another person still. */
  record Agreed(String playbook, String title, String by) implements DrillEvent {}

  /** A person approved a proposal, as the last who was needed. */
  record Approved(String playbook, String title, String by) implements DrillEvent {}

  /** A person rejected a proposal, aborted it or took it back. */
  record Rejected(String playbook, String title, String by) implements DrillEvent {}

  /** Somebody stopped Orrery writing. */
  record WritingStopped(String by, String reason) implements DrillEvent {}
}
