package org.orrery.store.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the server runs without root's privileges, which PostgreSQL insists on.
 *
 * <p>An ordinary user runs it plainly. Root runs it in a user namespace without any mapping
 * (user_namespaces(7)): the server then has no capability at all and sees itself as the overflow
 * user, yet still owns its files, so that the data may lie anywhere, even under {@code /root}.
 * Where namespaces are forbidden, it runs as user 65534 ({@code nobody}) by setpriv(1), and the
 * data directory is given to that user.
 */
enum Unprivileged {
  PLAIN(List.of()),
  USER_NAMESPACE(List.of("unshare", "--user", "--")),
  NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"));

  private static final Logger LOG = LoggerFactory.getLogger(Unprivileged.class);
  private static final int NOBODY_ID = 65534;

  private final List<String> prefix;

  Unprivileged(List<String> prefix) {
    this.prefix = prefix;
  }

  /**
   * Finds the first way that works here.
   *
   * @throws IOException when none does
   */
  static Unprivileged choose() throws IOException {
    if (!isRoot()) {
      return PLAIN;
    }
    for (Unprivileged way : List.of(USER_NAMESPACE, NOBODY)) {
      if (works(way)) {
        return way;
      }
    }
    throw new IOException(
        "PostgreSQL does not run as root, and neither unshare(1) nor setpriv(1) works here: "
            + "start Orrery as an ordinary user");
  }

  List<String> wrap(List<String> command) {
    return Stream.concat(prefix.stream(), command.stream()).toList();
  }

  /**
   * Lets the server own the tree, whoever owned it before.
   *
   * @throws IOException when the server's user cannot enter it
   */
  void own(Path tree) throws IOException {
    if (this == PLAIN) {
      return;
    }
    int owner = this == NOBODY ? NOBODY_ID : 0;
    if (this == NOBODY) {
      checkEnterable(tree);
    }
    if (Files.getAttribute(tree, "unix:uid") instanceof Integer uid && uid == owner) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(tree)) {
      paths = walk.toList();
    }
    for (Path path : paths.reversed()) { // the root last: it tells that all is done
      Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static void checkEnterable(Path tree) throws IOException {
    for (Path above = tree.getParent(); above != null; above = above.getParent()) {
      if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        throw new IOException(
            "PostgreSQL runs as user nobody here, which cannot enter "
                + above
                + ": put the data directory elsewhere, or start Orrery as an ordinary user");
      }
    }
  }

  private static boolean isRoot() throws IOException {
    Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    return uid instanceof Integer id && id == 0;
  }

  private static boolean works(Unprivileged way) {
    try {
      Process probe =
          new ProcessBuilder(way.wrap(List.of("/bin/sh", "-c", "test \"$(id -u)\" -ne 0")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor(5, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException e) {
      LOG.debug("{} does not work here: {}", way, e.getMessage());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
