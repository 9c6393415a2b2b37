package org.orrery.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Private TCP ports on the loopback address for children that serve. Stateless. */
public final class LoopbackPorts {
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

  /** All sockets are open at once, so that the ports differ. */
  private static List<Integer> anyFree(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      List<Integer> ports = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sockets.add(socket);
        ports.add(socket.getLocalPort());
      }
      return List.copyOf(ports);
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
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
