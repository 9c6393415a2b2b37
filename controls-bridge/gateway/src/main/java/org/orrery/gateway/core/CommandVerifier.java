package org.orrery.gateway.core;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import org.orrery.contract.Bytes;
import org.orrery.contract.command.SignedCommand;

/**
 * Verifies supervision's Ed25519 signature (RFC 8032) over a command's canonical bytes.
 * Thread-safe.
 */
public final class CommandVerifier {
  private static final String ALGORITHM = "Ed25519";
  private static final int SIGNATURE_BYTES = 64;

  private final PublicKey key;

  private CommandVerifier(PublicKey key) {
    this.key = key;
  }

  /**
   * A verifier for one public key.
   *
   * @param subjectPublicKeyInfo the key as X.509 SubjectPublicKeyInfo (DER)
   * @throws IllegalArgumentException when these bytes are no Ed25519 public key
   */
  public static CommandVerifier of(Bytes subjectPublicKeyInfo) {
    try {
      X509EncodedKeySpec spec = new X509EncodedKeySpec(subjectPublicKeyInfo.toArray());
      return new CommandVerifier(KeyFactory.getInstance(ALGORITHM).generatePublic(spec));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the write gate's verification key is not an Ed25519 public key in X.509 form; give it"
              + " the public half of supervision's signing key",
          e);
    }
  }

  /** True where the signature was made over exactly this command with the matching private key. */
  public boolean verifies(SignedCommand signed) {
    if (signed.signature().size() != SIGNATURE_BYTES) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(signed.command().canonicalBytes().toArray());
      return signature.verify(signed.signature().toArray());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
