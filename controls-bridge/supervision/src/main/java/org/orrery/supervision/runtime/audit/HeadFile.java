package org.orrery.supervision.runtime.audit;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.orrery.contract.Bytes;
import org.orrery.contract.CanonicalBytes;
import org.orrery.supervision.core.audit.AuditHead;

/**
 * The end of the audit chain as it was seen last, signed, in a file beside the database. With it a
 * chain whose end was cut off, or that was made anew as a whole, is told from the true one.
 *
 * <p>Its limits: it is written after the commit, so what a crash left unwitnessed in between
 * (milliseconds) can be cut off unseen until the next entry; whoever can change the database and
 * also read the signing key, or put an older copy of this file back together with an older
 * database, is not found out by it. For that the log outside of this machine is the witness.
 *
 * <p>Not thread-safe: one writer at a time.
 */
public final class HeadFile {
  private static final String NAME = "audit-head";

  private final Path file;
  private final SigningKey key;

  /** Uses the file of a folder. */
  public HeadFile(Path folder, SigningKey key) {
    this.file = folder.resolve(NAME);
    this.key = key;
  }

  /**
   * Replaces the witnessed end; durable when it returns.
   *
   * @throws IOException if the file cannot be written
   */
  public void write(AuditHead head) throws IOException {
    String text =
        "sequence="
            + head.sequence()
            + "\nhash="
            + head.hash().toHex()
            + "\nsignature="
            + key.sign(content(head)).toHex()
            + "\n";
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path temporary = file.resolveSibling(NAME + ".tmp");
    // A stream and not a channel: an interrupt of the thread must not close it half-way.
    try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.getFD().sync();
    }
    SigningKey.moveInto(temporary, file);
  }

  /**
   * The witnessed end; empty before the first entry.
   *
   * @throws IOException if the file cannot be read, or its signature is not ours
   */
  public Optional<AuditHead> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    properties.load(new StringReader(Files.readString(file)));
    try {
      AuditHead head =
          new AuditHead(
              Long.parseLong(properties.getProperty("sequence", "")),
              Bytes.ofHex(properties.getProperty("hash", "")));
      if (key.verifies(content(head), Bytes.ofHex(properties.getProperty("signature", "")))) {
        return Optional.of(head);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is not a witness of the audit chain", e);
    }
    throw new IOException(file + " is not signed with this system's key");
  }

  private static Bytes content(AuditHead head) {
    return new CanonicalBytes("orrery.audit-head.v1")
        .integer(head.sequence())
        .bytes(head.hash())
        .toBytes();
  }
}
