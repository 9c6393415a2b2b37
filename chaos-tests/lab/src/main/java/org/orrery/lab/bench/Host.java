package org.orrery.lab.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/**
 * The machine that a benchmark ran on, without its name. Immutable.
 *
 * @param system operating system and its version
 * @param architecture for example {@code amd64}
 * @param processors processors that this process may use
 * @param memoryMebibytes memory of the machine, or of the container
 * @param java version of the running Java
 * @param loadAverage runnable processes in the minute before it began, which tells how busy the
 *     machine was with other work; negative where the system does not say
 */
public record Host(
    String system,
    String architecture,
    int processors,
    long memoryMebibytes,
    String java,
    double loadAverage) {

  /** The machine that this runs on, now. */
  public static Host here() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    long memoryBytes =
        system instanceof com.sun.management.OperatingSystemMXBean sun
            ? sun.getTotalMemorySize()
            : 0;
    return new Host(
        system.getName() + " " + system.getVersion(),
        system.getArch(),
        system.getAvailableProcessors(),
        memoryBytes >> 20,
        System.getProperty("java.vm.version", "unknown"),
        system.getSystemLoadAverage());
  }

  /** One line for people. */
  public String line() {
    return "%s %s, %d processors, %.1f GiB, Java %s, load average %.1f at the start"
        .formatted(system, architecture, processors, memoryMebibytes / 1024.0, java, loadAverage);
  }
}
