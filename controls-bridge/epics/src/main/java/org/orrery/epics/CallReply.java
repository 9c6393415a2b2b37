package org.orrery.epics;

import org.orrery.contract.value.Value;

/** What became of a remote procedure call. */
public sealed interface CallReply {
  /** It was answered. */
  record Answered(Answer answer) implements CallReply {}

  /**
   * It was not, or with a no. Whether the service did anything is not known.
   *
   * @param why refusal, deadline, disconnection or closing, in words
   */
  record Failed(String why) implements CallReply {}

  /** What a service answers. */
  sealed interface Answer {
    /** One value: a number, a text or an array. */
    record Scalar(Value value) implements Answer {}

    /** A table. */
    record Table(PvTable table) implements Answer {}
  }

  /** An answer of one value. */
  static CallReply of(Value value) {
    return new Answered(new Answer.Scalar(value));
  }

  /** An answer that is a table. */
  static CallReply of(PvTable table) {
    return new Answered(new Answer.Table(table));
  }
}
