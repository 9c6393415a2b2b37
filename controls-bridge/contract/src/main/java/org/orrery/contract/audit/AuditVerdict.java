package org.orrery.contract.audit;

/** What a walk over the audit chain found. */
public sealed interface AuditVerdict {
  /** Every entry fits the one before. */
  record Intact(long entries) implements AuditVerdict {}

  /** The first entry that does not fit. */
  record Broken(long sequence, String why) implements AuditVerdict {}
}
