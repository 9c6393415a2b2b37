package org.orrery.supervision.core.audit;

import org.orrery.contract.Bytes;
import org.orrery.contract.audit.AuditRecord;

/**
 * The end of the chain.
 *
 * @param sequence number of the last entry; 0 for an empty chain
 * @param hash its hash
 */
public record AuditHead(long sequence, Bytes hash) {
  /** An empty chain. */
  public static final AuditHead EMPTY = new AuditHead(0, AuditRecord.GENESIS);
}
