package org.orrery.contract.audit;

import org.orrery.contract.Bytes;
import org.orrery.contract.CanonicalBytes;

/**
 * One entry of the hash-chained record: {@code hash = SHA-256(previousHash, all other fields)}.
 *
 * @param sequence counts up from 1 without gaps
 * @param atNs when, wall ns since the epoch
 * @param actor who or what did it
 * @param action what was done, a dotted word such as {@code proposal.approved}
 * @param subject what it was done to, for example a proposal id
 * @param content the details as JSON text; hashed as it stands
 * @param previousHash hash of the entry before; 32 zero bytes for the first
 * @param hash hash of this entry
 */
public record AuditRecord(
    long sequence,
    long atNs,
    String actor,
    String action,
    String subject,
    String content,
    Bytes previousHash,
    Bytes hash) {
  /** The hash before the first entry. */
  public static final Bytes GENESIS = Bytes.of(new byte[32]);

  /** Makes the entry that follows a given hash. */
  public static AuditRecord following(
      long sequence,
      long atNs,
      String actor,
      String action,
      String subject,
      String content,
      Bytes previousHash) {
    return new AuditRecord(
        sequence,
        atNs,
        actor,
        action,
        subject,
        content,
        previousHash,
        hashOf(sequence, atNs, actor, action, subject, content, previousHash));
  }

  /** True where the hash fits the content. */
  public boolean intact() {
    return hash.equals(hashOf(sequence, atNs, actor, action, subject, content, previousHash));
  }

  private static Bytes hashOf(
      long sequence,
      long atNs,
      String actor,
      String action,
      String subject,
      String content,
      Bytes previousHash) {
    return new CanonicalBytes("orrery.audit.v1")
        .bytes(previousHash)
        .integer(sequence)
        .integer(atNs)
        .text(actor)
        .text(action)
        .text(subject)
        .text(content)
        .sha256();
  }
}
