package org.orrery.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Private TCP ports on the loopback address for children that serve. Stateless. */
public final class LoopbackPorts {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_767;
  private static final int TRIES = 1_000;

  private LoopbackPorts() {}

  /**
   * Chooses ports: those of the last life where all of them are still free, so that open tools keep
   * working; otherwise any free ones, which are remembered.
   *
   * <p>Nothing keeps another process from taking a port between the choice and the child's bind;
   * the child then fails to start and says so.
   *
   * @param memory file that remembers the ports
   * @param count how many
   * @return the ports, in a fixed order
   * @throws IOException when the file cannot be read or written
   */
  public static List<Integer> choose(Path memory, int count) throws IOException {
    List<Integer> remembered = remembered(memory);
    if (remembered.size() == count
        && remembered.stream().distinct().count() == count
        && remembered.stream().allMatch(LoopbackPorts::isFree)) {
      return List.copyOf(remembered);
    }
    List<Integer> chosen = anyFree(count);
    List<String> lines = chosen.stream().map(String::valueOf).toList();
    Files.write(memory, lines);
    return chosen;
  }

  /**
   * The same for a child that an earlier life of Orrery may have left running: such an orphan still
   * holds its ports, and is ended before the child starts, so they are chosen again. Clients in
   * other processes find the child where it was.
   *
   * @param pidFile the child's pid file
   * @throws IOException when a file cannot be read or written
   */
  public static List<Integer> choose(Path memory, int count, Path pidFile) throws IOException {
    List<Integer> remembered = remembered(memory);
    return remembered.size() == count && PidFile.namesLiving(pidFile)
        ? List.copyOf(remembered)
        : choose(memory, count);
  }

  private static List<Integer> remembered(Path memory) throws IOException {
    List<Integer> remembered = new ArrayList<>();
    if (Files.exists(memory)) {
      Files.readString(memory)
          .lines()
          .filter(line -> line.matches("\\d{4,5}"))
          .forEach(line -> remembered.add(Integer.parseInt(line)));
    }
    return remembered;
  }

  /**
   * Ports that the system does not hand out to clients by itself (those above 32767 on Linux, above
   * 49151 by RFC 6335): otherwise somebody's connection may hold a child's port when it comes back.
   */
  private static List<Integer> anyFree(int count) throws IOException {
    List<Integer> ports = new ArrayList<>();
    for (int tries = 0; tries < TRIES && ports.size() < count; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      if (!ports.contains(port) && isFree(port)) {
        ports.add(port);
      }
    }
    if (ports.size() < count) {
      throw new IOException(
          "no %d free ports from %d to %d on the loopback address; end what holds them"
              .formatted(count, LOWEST, HIGHEST));
    }
    return List.copyOf(ports);
  }

  private static boolean isFree(int port) {
    if (port < 1024 || port > 65_535) {
      return false;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
