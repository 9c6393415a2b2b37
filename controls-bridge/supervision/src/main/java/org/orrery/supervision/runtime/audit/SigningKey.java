package org.orrery.supervision.runtime.audit;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.orrery.contract.Bytes;

/**
 * Supervision's Ed25519 key (RFC 8032): it signs commands and the witness of the audit chain. It is
 * made on the first start and kept in one PEM file with its PKCS#8 private and X.509 public part,
 * readable by its owner alone. Whoever reads the file can sign commands. Thread-safe.
 */
public final class SigningKey {
  private static final String ALGORITHM = "Ed25519";
  private static final String FILE = "signing-key";

  private final PrivateKey privateKey;
  private final PublicKey publicKey;

  private SigningKey(PrivateKey privateKey, PublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /**
   * Reads the key of a folder, or makes one.
   *
   * @throws IOException if the file cannot be read or written, or does not hold a matching pair
   */
  public static SigningKey loadOrCreate(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    SigningKey key = Files.exists(file) ? load(file) : create(folder, file);
    Bytes probe = Bytes.of(new byte[] {1});
    if (!key.verifies(probe, key.sign(probe))) {
      throw new IOException(file + " holds two keys that do not belong together");
    }
    return key;
  }

  private static SigningKey create(Path folder, Path file) throws IOException {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      Files.createDirectories(folder);
      Path temporary =
          Files.createTempFile(
              folder,
              FILE,
              ".tmp",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          temporary,
          pem("PRIVATE KEY", pair.getPrivate().getEncoded())
              + pem("PUBLIC KEY", pair.getPublic().getEncoded()));
      moveInto(temporary, file);
      return new SigningKey(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
    }
  }

  private static SigningKey load(Path file) throws IOException {
    String text = Files.readString(file);
    try {
      KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
      return new SigningKey(
          factory.generatePrivate(new PKCS8EncodedKeySpec(part(text, "PRIVATE KEY"))),
          factory.generatePublic(new X509EncodedKeySpec(part(text, "PUBLIC KEY"))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          file + " does not hold an Ed25519 key; restore it, or remove it to have a new one made",
          e);
    }
  }

  /** Replaces the target in one go. */
  static void moveInto(Path temporary, Path target) throws IOException {
    try {
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String pem(String what, byte[] content) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + what
        + "-----\n";
  }

  private static byte[] part(String text, String what) {
    Matcher matcher =
        Pattern.compile("-----BEGIN " + what + "-----([^-]*)-----END " + what + "-----")
            .matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + what);
    }
    return Base64.getMimeDecoder().decode(matcher.group(1));
  }

  /** Signs. */
  public Bytes sign(Bytes content) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(content.toArray());
      return Bytes.of(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the signing key was usable when it was loaded", e);
    }
  }

  /** True where the signature is this key's over the content. */
  public boolean verifies(Bytes content, Bytes signed) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(publicKey);
      signature.update(content.toArray());
      return signature.verify(signed.toArray());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The public part. */
  public PublicKey publicKey() {
    return publicKey;
  }
}
