package org.orrery.lab.bench.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.orrery.lab.bench.ingest.SoakBench.Memory;

/**
 * Follows the memory of this process and of its children. The heap is watched ten times a second;
 * the least that was seen between two points is what a collection left over, without forcing one.
 * Thread-safe.
 */
final class MemoryTrail implements AutoCloseable {
  private static final long LOOK_EVERY_MS = 100;
  private static final int QUARTERS = 4;

  /** Growth between the second and the last quarter that is still called flat. */
  private static final double SLACK = 1.1;

  private static final long SLACK_MEBIBYTES = 32;

  private final List<Memory> points = new ArrayList<>();
  private final Thread watcher;
  private long floorBytes = Long.MAX_VALUE;

  MemoryTrail() {
    watcher = Thread.ofPlatform().daemon().name("memory-trail").start(this::watch);
  }

  private void watch() {
    Runtime runtime = Runtime.getRuntime();
    while (!Thread.currentThread().isInterrupted()) {
      synchronized (this) {
        floorBytes = Math.min(floorBytes, runtime.totalMemory() - runtime.freeMemory());
      }
      try {
        Thread.sleep(LOOK_EVERY_MS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Notes where memory stands and begins the next span. */
  Memory take() throws IOException {
    long floor;
    synchronized (this) {
      floor = floorBytes;
      floorBytes = Long.MAX_VALUE;
    }
    long children = 0;
    for (ProcessHandle child : ProcessHandle.current().descendants().toList()) {
      children += anonymousBytes(child.pid());
    }
    Memory point = new Memory(floor >> 20, children >> 20);
    synchronized (this) {
      points.add(point);
    }
    return point;
  }

  /** Linux tells it in {@code /proc}; 0 elsewhere, and for a process that has just ended. */
  private static long anonymousBytes(long pid) throws IOException {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("RssAnon:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        }
      }
      return 0;
    } catch (NoSuchFileException gone) {
      return 0;
    }
  }

  synchronized List<Memory> points() {
    return List.copyOf(points);
  }

  /**
   * True where neither heap nor children took noticeably more in the last quarter of the time than
   * in the second: not for fewer than eight points, which tell nothing.
   */
  synchronized boolean flat() {
    return points.size() >= 2 * QUARTERS
        && flat(Memory::heapFloorMebibytes)
        && flat(Memory::childrenMebibytes);
  }

  private boolean flat(ToLongFunction<Memory> what) {
    int quarter = points.size() / QUARTERS;
    double before =
        points.subList(quarter, 2 * quarter).stream().mapToLong(what).average().orElse(0);
    double after =
        points.subList(points.size() - quarter, points.size()).stream()
            .mapToLong(what)
            .average()
            .orElse(0);
    return after <= SLACK * before + SLACK_MEBIBYTES;
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
