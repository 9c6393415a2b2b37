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

  /**
   * The write was refused, or does not show at the device. Nothing was written where {@link
   * Reason#mayHaveBeenWritten()} is false; where it is true that is only likely.
   */
  record Refused(CommandId command, long atNs, Reason reason, String detail)
      implements CommandOutcome {}

  /** The write may or may not have been made; it is never repeated blindly. */
  record Unknown(CommandId command, long atNs, String why) implements CommandOutcome {}

  /** Why a write was refused. */
  enum Reason {
    BAD_SIGNATURE,
    /** The gate had the command before; what became of it then is another question. */
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
    /** The channel is not armed in the present detector mode, or the mode is not known. */
    NOT_ARMED,
    /** Somebody has reserved the device. */
    LOCKED,
    /** The access rules do not let who asked or approved write there. */
    ACCESS,
    DEVICE_BUSY,
    DISCONNECTED,
    JOURNAL,
    /** The device said no after the value had left, and reads as it did before. */
    REJECTED_BY_DEVICE,
    /** The value never left: the connection went, or the PV cannot hold it. */
    NOT_SENT,
    /** The put was not answered, and the device reads as it did before it. */
    READS_AS_BEFORE;

    /**
     * True where the value may have left for the device: it may have taken the value and lost it
     * again, and must be treated as possibly written. False where it certainly never left.
     */
    public boolean mayHaveBeenWritten() {
      return switch (this) {
        case DUPLICATE, REJECTED_BY_DEVICE, READS_AS_BEFORE -> true;
        case BAD_SIGNATURE,
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
            NOT_ARMED,
            LOCKED,
            ACCESS,
            DEVICE_BUSY,
            DISCONNECTED,
            JOURNAL,
            NOT_SENT ->
            false;
      };
    }
  }
}
