package org.orrery.app.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.cluster.ClusterConfig;
import org.orrery.bus.cluster.ClusterKeys;
import org.orrery.contract.Bytes;
import org.orrery.process.LoopbackPorts;
import org.orrery.store.StoreConfig;

/**
 * What the processes on one data directory leave for each other: the addresses of the servers, the
 * key of the gate's checks, and how they find each other. The process with the role {@code archive}
 * owns the servers; the others wait for what it leaves at its first start. Not thread-safe.
 */
final class SharedFolder implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration MOST_WAITING = Duration.ofSeconds(120);
  private static final long LOOK_MS = 200;

  /** More processes than there are roles that may stand alone. */
  private static final int SLOTS = 8;

  /** Connections of a process that keeps little on record. */
  private static final int POOL = 8;

  private final Path data;
  private final Path folder;
  private @Nullable FileChannel slot;

  SharedFolder(Path data) throws IOException {
    this.data = data;
    this.folder = data.resolve("cluster");
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** How this process finds the others; the first process makes what is missing. */
  ClusterConfig cluster() throws IOException, StartException {
    try (FileChannel making = open("making.lock");
        FileLock lock = making.lock()) {
      if (!lock.isValid()) {
        throw new IOException("no lock on " + folder);
      }
      Path name = folder.resolve("name");
      if (!Files.exists(name)) {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        write(name, "orrery-" + HexFormat.of().formatHex(random));
      }
      Path ports = folder.resolve("ports");
      if (!Files.exists(ports)) {
        Path draft = folder.resolve("ports.new");
        LoopbackPorts.choose(draft, SLOTS);
        Files.move(draft, ports, StandardCopyOption.ATOMIC_MOVE);
      }
      List<Integer> all = Files.readAllLines(ports).stream().map(Integer::parseInt).toList();
      return new ClusterConfig(
          Files.readString(name).strip(),
          LOOPBACK,
          all.get(slot()),
          all.stream().map(port -> LOOPBACK + ":" + port).toList(),
          ClusterKeys.own(folder));
    }
  }

  /** The first slot that no living process holds; the system frees those of the dead. */
  private int slot() throws IOException, StartException {
    for (int i = 0; i < SLOTS; i++) {
      FileChannel channel = open("slot-" + i + ".lock");
      if (DataDirectory.tryLock(channel, false) != null) {
        slot = channel;
        return i;
      }
      channel.close();
    }
    throw new StartException(
        SLOTS + " processes run on " + data + " already; give some of them more roles", null);
  }

  private FileChannel open(String file) throws IOException {
    return FileChannel.open(
        folder.resolve(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Leaves the key that the gate checks commands with. */
  void leave(PublicKey key) throws IOException {
    write(gateKey(), HexFormat.of().formatHex(key.getEncoded()));
  }

  /** The key that supervision's process left. */
  Bytes gateKeyLeft() throws IOException, StartException, InterruptedException {
    await(gateKey(), Role.SUPERVISION);
    return Bytes.ofHex(Files.readString(gateKey()).strip());
  }

  private Path gateKey() {
    return folder.resolve("gate-key.pub");
  }

  /** Where the broker of the owner is. */
  String kafkaServers() throws IOException, StartException, InterruptedException {
    return LOOPBACK + ":" + firstPort(data.resolve("kafka").resolve("ports"));
  }

  /** The database of the owner. */
  StoreConfig database() throws IOException, StartException, InterruptedException {
    Path postgres = data.resolve("postgres");
    int port = firstPort(postgres.resolve("port"));
    await(postgres.resolve("secret"), Role.ARCHIVE);
    return new StoreConfig.Site(
        "jdbc:postgresql://" + LOOPBACK + ":" + port + "/postgres",
        "orrery",
        postgres.resolve("secret"),
        POOL);
  }

  /** Where the owner's soft IOC is searched. */
  int searchPort() throws IOException, StartException, InterruptedException {
    Path ports = data.resolve("soft-ioc").resolve("ports");
    await(ports, Role.ARCHIVE);
    return Integer.parseInt(Files.readAllLines(ports).get(1));
  }

  /** The plant's time of the owner. */
  Path plantClock() throws StartException, InterruptedException {
    Path file = data.resolve("plant-clock.properties");
    await(file, Role.ARCHIVE);
    return file;
  }

  private static int firstPort(Path ports)
      throws IOException, StartException, InterruptedException {
    await(ports, Role.ARCHIVE);
    return Integer.parseInt(Files.readAllLines(ports).getFirst());
  }

  private static void await(Path file, Role owner) throws StartException, InterruptedException {
    long deadlineNs = System.nanoTime() + MOST_WAITING.toNanos();
    while (!isThere(file)) {
      if (System.nanoTime() > deadlineNs) {
        throw new StartException(
            "%s is not there after %d s: start the process with --roles %s on the same --data first"
                .formatted(file, MOST_WAITING.toSeconds(), owner.word()),
            null);
      }
      Thread.sleep(LOOK_MS);
    }
  }

  private static boolean isThere(Path file) {
    try {
      return Files.exists(file) && Files.size(file) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(draft, text);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    if (slot != null) {
      slot.close();
    }
  }
}
