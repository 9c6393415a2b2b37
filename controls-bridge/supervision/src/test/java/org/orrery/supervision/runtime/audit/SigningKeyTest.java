package org.orrery.supervision.runtime.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.contract.Bytes;
import org.orrery.contract.audit.AuditRecord;
import org.orrery.supervision.core.audit.AuditHead;

class SigningKeyTest {
  private static final Bytes CONTENT = Bytes.of(new byte[] {1, 2, 3});

  @TempDir private Path folder;

  @Test
  void shouldMakeAKeyOnceForItsOwnerOnly() throws IOException {
    // Given
    SigningKey made = SigningKey.loadOrCreate(folder);

    // When
    SigningKey read = SigningKey.loadOrCreate(folder);

    // Then
    assertThat(read.publicKey()).isEqualTo(made.publicKey());
    assertThat(read.verifies(CONTENT, made.sign(CONTENT))).isTrue();
    assertThat(Files.getPosixFilePermissions(folder.resolve("signing-key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void shouldNotVerifyWhatItDidNotSign() throws IOException {
    // Given
    SigningKey key = SigningKey.loadOrCreate(folder.resolve("a"));
    SigningKey other = SigningKey.loadOrCreate(folder.resolve("b"));

    // When
    boolean foreign = key.verifies(CONTENT, other.sign(CONTENT));
    boolean changed = key.verifies(Bytes.of(new byte[] {1, 2, 4}), key.sign(CONTENT));
    boolean missing = key.verifies(CONTENT, Bytes.of(new byte[0]));

    // Then
    assertThat(foreign).isFalse();
    assertThat(changed).isFalse();
    assertThat(missing).isFalse();
  }

  @Test
  void shouldRefuseAFileThatIsNoKeyAndNeverReplaceIt() throws IOException {
    // Given
    Path file = folder.resolve("signing-key");
    Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nrubbish\n-----END PRIVATE KEY-----\n");

    // When, Then
    assertThatThrownBy(() -> SigningKey.loadOrCreate(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not hold an Ed25519 key");
    assertThat(Files.readString(file)).contains("rubbish");
  }

  @Test
  void shouldTakeNoWitnessThatItDidNotSign() throws IOException {
    // Given
    SigningKey key = SigningKey.loadOrCreate(folder);
    HeadFile file = new HeadFile(folder, key);
    AuditHead head = new AuditHead(7, AuditRecord.GENESIS);
    file.write(head);

    // When
    assertThat(file.read()).contains(head);
    Path path = folder.resolve("audit-head");
    Files.writeString(path, Files.readString(path).replace("sequence=7", "sequence=6"));

    // Then
    assertThatThrownBy(file::read).hasMessageContaining("not signed with this system's key");
  }
}
