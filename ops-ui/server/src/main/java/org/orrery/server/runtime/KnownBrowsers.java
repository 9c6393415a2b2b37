package org.orrery.server.runtime;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Browsers in which somebody has signed in before. Each has a mark of its own for that name, so
 * that wrong passwords from elsewhere do not keep it out (OWASP's device cookies). A mark is no
 * session and no password: it only says in whose queue an attempt stands. The key is in memory: a
 * restart knows no browser. Thread-safe.
 */
final class KnownBrowsers {
  static final String COOKIE = "orrery_browser";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int ID_BYTES = 16;

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key = new SecretKeySpec(bytes(32), ALGORITHM);

  /** A mark for a browser in which this person signed in. */
  String mark(String name) {
    String id = HexFormat.of().formatHex(bytes(ID_BYTES));
    return id + "." + seal(id, name);
  }

  /** Which browser this is, if it is one in which this person signed in before. */
  Optional<String> of(@Nullable String mark, String name) {
    String[] parts = mark == null ? new String[0] : mark.split("\\.", -1);
    return parts.length == 2
            && MessageDigest.isEqual(
                parts[1].getBytes(StandardCharsets.UTF_8),
                seal(parts[0], name).getBytes(StandardCharsets.UTF_8))
        ? Optional.of(parts[0])
        : Optional.empty();
  }

  private String seal(String id, String name) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] sealed = mac.doFinal((id + "\n" + name).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sealed);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
