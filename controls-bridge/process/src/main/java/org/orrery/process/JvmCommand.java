package org.orrery.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a child JVM of the same Java and the same class path as this one. */
public final class JvmCommand {
  private JvmCommand() {}

  /**
   * Builds the command. The child runs on the serial collector and without performance-data files,
   * which suits a small server beside the main process.
   *
   * @param mainClass fully qualified name of its main class
   * @param maxHeapMebibytes heap bound in MiB
   * @param jvmOptions further options for the JVM
   * @param arguments arguments for the main class; no secrets
   * @return executable and arguments
   */
  public static List<String> of(
      String mainClass, int maxHeapMebibytes, List<String> jvmOptions, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + maxHeapMebibytes + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:-UsePerfData");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(mainClass);
    command.addAll(arguments);
    return List.copyOf(command);
  }
}
