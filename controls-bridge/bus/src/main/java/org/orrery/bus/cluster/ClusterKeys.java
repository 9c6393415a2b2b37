package org.orrery.bus.cluster;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * With what processes prove to each other that they belong together. Without a certificate that
 * this one trusts, nobody can send or receive a message. Immutable.
 */
public sealed interface ClusterKeys {
  /** Mutual TLS with these keys. */
  void applyTo(EventBusOptions options);

  /**
   * A key that Orrery made itself: every process of an installation holds the same one and trusts
   * nothing else, so that host names do not matter.
   *
   * @param store PKCS 12 file with the key and its certificate
   * @param password the file's password
   * @param certificate the certificate as PEM
   */
  record Own(Path store, String password, String certificate) implements ClusterKeys {
    @Override
    public void applyTo(EventBusOptions options) {
      options
          .setSsl(true)
          .setClientAuth(ClientAuth.REQUIRED)
          .setKeyCertOptions(new PfxOptions().setPath(store.toString()).setPassword(password))
          .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(certificate)));
    }

    @Override
    public String toString() {
      return "own key in " + store;
    }
  }

  /**
   * Keys of the site.
   *
   * @param key the process's private key, PEM
   * @param certificate its certificate, PEM
   * @param authority the authority that signed the certificates of all processes of this
   *     installation and of nothing else, PEM
   */
  record Site(Path key, Path certificate, Path authority) implements ClusterKeys {
    @Override
    public void applyTo(EventBusOptions options) {
      options
          .setSsl(true)
          .setClientAuth(ClientAuth.REQUIRED)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .addKeyPath(key.toString())
                  .addCertPath(certificate.toString()))
          .setTrustOptions(new PemTrustOptions().addCertPath(authority.toString()));
    }
  }

  /**
   * Reads the installation's own key, or makes it. Blocks; only one process may make it at a time.
   *
   * @param directory where it is kept, for its owner alone
   * @throws IOException if it cannot be read or made
   */
  static ClusterKeys own(Path directory) throws IOException {
    Path store = directory.resolve("processes.p12");
    Path secret = directory.resolve("processes.secret");
    if (!Files.exists(store)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      Files.deleteIfExists(secret);
      Files.writeString(
          Files.createFile(
              secret,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
          HexFormat.of().formatHex(random));
      Path draft = directory.resolve("processes.new");
      Files.deleteIfExists(draft);
      make(draft, Files.readString(secret).strip());
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
      Files.move(draft, store, StandardCopyOption.ATOMIC_MOVE);
    }
    String password = Files.readString(secret).strip();
    return new Own(store, password, certificate(store, password));
  }

  private static String certificate(Path store, String password) throws IOException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password.toCharArray());
      byte[] der = keys.getCertificate("orrery").getEncoded();
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IOException(
          store + " cannot be read; stop all processes, delete it, and start them again", e);
    }
  }

  /** Java can make keys but no certificates, except by its own tool. */
  private static void make(Path store, String password) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "orrery",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "3650",
                "-dname",
                "CN=processes of one Orrery",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                "ORRERY_STOREPASS")
            .redirectErrorStream(true);
    builder.environment().put("ORRERY_STOREPASS", password);
    Process tool = builder.start();
    tool.getOutputStream().close();
    String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (!tool.waitFor(60, TimeUnit.SECONDS) || tool.exitValue() != 0) {
        throw new IOException("keytool could not make the key of the processes: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the key of the processes was made", e);
    } finally {
      tool.destroyForcibly();
    }
  }
}
