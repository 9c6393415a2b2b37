package org.orrery.gateway.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.bus.kafka.KafkaPublisher;
import org.orrery.bus.kafka.KafkaTopics;
import org.orrery.bus.wire.Wire;
import org.orrery.contract.Bytes;
import org.orrery.contract.CanonicalBytes;
import org.orrery.contract.command.PutRecord;
import org.orrery.contract.time.WallClock;
import org.orrery.gateway.core.JournalCodec;
import org.orrery.gateway.core.JournalFrames;
import org.orrery.gateway.core.PutLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the gate's journal to Kafka as the put log, on a thread of its own: reads what is durable,
 * publishes it, and moves its position once all of that is acknowledged. Nothing is lost while
 * Kafka is away or Orrery dies; some of it then comes twice. The gate never waits for it.
 * Thread-safe.
 */
final class PutLogFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PutLogFeed.class);

  /** At most this many records are under way; what the publisher takes. */
  private static final int BATCH = 200;

  /** Holds a batch of usual entries, and the largest one in any case. */
  private static final int CHUNK_BYTES = JournalFrames.MAX_PAYLOAD + 4096;

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long LOOK_MS = 250;
  private static final long BACK_OFF_MS = 2_000;
  private static final long CLOSE_MS = 5_000;

  /** Kafka is given this long before anybody is told that it is late, wall ns. */
  private static final long TELL_AFTER_NS = 60_000_000_000L;

  private final FileJournal journal;
  private final Path file;
  private final WallClock clock;
  private final KafkaPublisher publisher;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private PutLog log = new PutLog();
  private PutPosition position = new PutPosition("", 0, 0);
  private volatile long behindSinceNs;
  private volatile String trouble = "";
  private volatile String notKept = "";

  /**
   * Starts at once.
   *
   * @param file where the position is kept
   */
  PutLogFeed(FileJournal journal, Path file, KafkaConfig kafka, WallClock clock) {
    this.journal = journal;
    this.file = file;
    this.clock = clock;
    this.publisher = new KafkaPublisher("puts", kafka, PATIENCE, 2 * BATCH);
    this.thread = Thread.ofPlatform().daemon().name("gateway-put-log").start(this::run);
  }

  /** What is wrong with it, for people; empty while it keeps up. */
  Optional<String> complaint() {
    long sinceNs = behindSinceNs;
    if (sinceNs != 0 && clock.nowNs() - sinceNs > TELL_AFTER_NS) {
      return Optional.of(
          "the put log has not reached Kafka for "
              + (clock.nowNs() - sinceNs) / 1_000_000_000L
              + " s ("
              + trouble
              + "); nothing of it is lost, it is tried again; see to Kafka");
    }
    return notKept.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "how far the put log has come cannot be written down ("
                + notKept
                + "); it goes on, but after a restart much of it comes again; see to the disk");
  }

  /** Whatever goes wrong is tried again from what is on disk. */
  private void run() {
    try {
      while (!closing.await(0, TimeUnit.MILLISECONDS)) {
        try {
          resume();
          follow();
        } catch (RuntimeException | IOException e) {
          failed(e);
          closing.await(BACK_OFF_MS, TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the put log ends");
    }
  }

  private void failed(Exception e) {
    behindSinceNs = behindSinceNs == 0 ? clock.nowNs() : behindSinceNs;
    if (!trouble.equals(e.toString())) {
      trouble = e.toString();
      LOG.error("the put log begins again; the journal keeps everything", e);
    }
  }

  private void follow() throws InterruptedException, IOException {
    boolean more = true;
    while (!closing.await(more ? 0 : LOOK_MS, TimeUnit.MILLISECONDS)) {
      more = false;
      if (position.bytes() < journal.durableBytes() || position.entries() == 0) {
        more = carry();
      } else {
        behindSinceNs = 0;
        if (!notKept.isEmpty()) {
          keep();
        }
      }
    }
  }

  /** Goes on where an earlier life ended, or begins anew with another journal. */
  private void resume() throws IOException {
    PutPosition start = new PutPosition("", 0, JournalFrames.HEAD.size());
    PutPosition stored = PutPosition.read(file);
    JournalFrames.Run first = read(start, 1);
    boolean same =
        !first.payloads().isEmpty()
            && stored.journal().equals(name(first.payloads().getFirst()))
            && stored.bytes() <= journal.durableBytes();
    PutLog fold = new PutLog();
    PutPosition at = start;
    while (same && at.entries() < stored.entries()) {
      JournalFrames.Run run = read(at, (int) Math.min(BATCH, stored.entries() - at.entries()));
      if (run.payloads().isEmpty()) {
        same = false;
      }
      for (int i = 0; i < run.payloads().size(); i++) {
        fold.step(at.entries() + i, JournalCodec.decode(run.payloads().get(i)));
      }
      at = after(at, run);
    }
    boolean there = same && at.bytes() == stored.bytes();
    log = there ? fold : new PutLog();
    position = there ? at : start;
  }

  /** Carries one batch; true where it went through and more may wait. */
  private boolean carry() throws InterruptedException, IOException {
    JournalFrames.Run run = read(position, BATCH);
    if (run.payloads().isEmpty()) {
      behindSinceNs = 0;
      return false;
    }
    behindSinceNs = behindSinceNs == 0 ? clock.nowNs() : behindSinceNs;
    List<PutRecord> records = new ArrayList<>();
    for (int i = 0; i < run.payloads().size(); i++) {
      log.step(position.entries() + i, JournalCodec.decode(run.payloads().get(i)))
          .ifPresent(records::add);
    }
    while (!published(records)) {
      if (closing.await(BACK_OFF_MS, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    position = after(position, run);
    keep();
    behindSinceNs = position.bytes() < journal.durableBytes() ? clock.nowNs() : 0;
    return true;
  }

  /** A full disk must not keep the puts from Kafka: that would be the graver loss. */
  private void keep() {
    try {
      position.write(file);
      notKept = "";
    } catch (IOException e) {
      if (notKept.isEmpty()) {
        LOG.error("the position of the put log cannot be written; it goes on without", e);
      }
      notKept = e.toString();
    }
  }

  private boolean published(List<PutRecord> records) throws InterruptedException {
    List<CompletableFuture<?>> stages = new ArrayList<>();
    for (PutRecord put : records) {
      CompletionStage<?> stage =
          publisher.publish(KafkaTopics.PUTS, put.command().value(), Wire.PUT.encode(put));
      stages.add(stage.toCompletableFuture());
    }
    try {
      CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new))
          .get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      trouble = String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
    } catch (TimeoutException e) {
      trouble = "kafka does not answer";
    }
    return false;
  }

  private PutPosition after(PutPosition before, JournalFrames.Run run) {
    String name =
        before.entries() == 0 && !run.payloads().isEmpty()
            ? name(run.payloads().getFirst())
            : before.journal();
    return new PutPosition(
        name, before.entries() + run.payloads().size(), before.bytes() + run.bytes());
  }

  private static String name(Bytes firstPayload) {
    return new CanonicalBytes("orrery.gate.journal").bytes(firstPayload).sha256().toHex();
  }

  private JournalFrames.Run read(PutPosition from, int most) throws IOException {
    long available = journal.durableBytes() - from.bytes();
    ByteBuffer part = ByteBuffer.allocate(Math.clamp(available, 0, CHUNK_BYTES));
    try (FileChannel channel = FileChannel.open(journal.file(), StandardOpenOption.READ)) {
      while (part.hasRemaining() && channel.read(part, from.bytes() + part.position()) >= 0) {}
    }
    return JournalFrames.run(Bytes.of(part.array()), most);
  }

  /** Ends; what is not acknowledged comes again in the next life. */
  @Override
  public void close() {
    closing.countDown();
    publisher.close();
    try {
      thread.join(Duration.ofMillis(CLOSE_MS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
