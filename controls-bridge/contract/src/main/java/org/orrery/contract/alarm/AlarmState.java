package org.orrery.contract.alarm;

/** States of an alarm, ISA-18.2-2016 (IEC 62682) figure 3. */
public enum AlarmState {
  NORMAL,
  UNACKNOWLEDGED,
  ACKNOWLEDGED,
  RETURNED_UNACKNOWLEDGED,
  SHELVED,
  SUPPRESSED_BY_DESIGN,
  OUT_OF_SERVICE;

  /** True while the alarm calls for attention: active or returned without an acknowledgement. */
  public boolean annunciates() {
    return switch (this) {
      case UNACKNOWLEDGED, RETURNED_UNACKNOWLEDGED, ACKNOWLEDGED -> true;
      case NORMAL, SHELVED, SUPPRESSED_BY_DESIGN, OUT_OF_SERVICE -> false;
    };
  }
}
