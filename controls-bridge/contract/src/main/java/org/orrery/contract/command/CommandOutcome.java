package org.orrery.contract.command;

import org.orrery.contract.value.Value;

/** How a write ended. No answer is never a yes. */
public sealed interface CommandOutcome {
  /** Which command. */
  CommandId command();

  /** When this outcome was established, plant ns. */
  long atNs();

  /** The device took the value: it was read back within its tolerance. */
  record Confirmed(CommandId command, long atNs, Value readback) implements CommandOutcome {}

  /** Nothing was written. */
  record Refused(CommandId command, long atNs, Reason reason, String detail)
      implements CommandOutcome {}

  /** The write may or may not have been made; it is never repeated blindly. */
  record Unknown(CommandId command, long atNs, String why) implements CommandOutcome {}

  /** Why a write was refused. */
  enum Reason {
    BAD_SIGNATURE,
    DUPLICATE,
    UNKNOWN_CHANNEL,
    NOT_WRITABLE,
    OUT_OF_RANGE,
    WRONG_UNIT,
    STALE_READING,
    PRECONDITION,
    TAGGED_OUT,
    LOCAL_CONTROL,
    INTERLOCK,
    WRITING_STOPPED,
    EXPIRED,
    TOO_FAST,
    DEVICE_BUSY,
    DISCONNECTED,
    JOURNAL,
    REJECTED_BY_DEVICE
  }
}
