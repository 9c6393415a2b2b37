package org.orrery.lab.bench;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Where the figures of a benchmark come from. Immutable.
 *
 * @param version version of the running code
 * @param configurationHash SHA-256 of what was set, including the models' versions
 * @param seed seed of all that was drawn; 0 where nothing was
 * @param dataHash SHA-256 of the data; empty where none was read
 * @param host the machine
 * @param startedAt when it began, UTC
 */
public record BenchProvenance(
    String version,
    String configurationHash,
    long seed,
    String dataHash,
    Host host,
    String startedAt) {

  /** A benchmark that begins now on this machine. */
  public static BenchProvenance now(
      String version, String configuration, long seed, String dataHash) {
    return new BenchProvenance(
        version, sha256(configuration), seed, dataHash, Host.here(), Instant.now().toString());
  }

  /** SHA-256 of a text in UTF-8, hexadecimal. */
  public static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** SHA-256, hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
