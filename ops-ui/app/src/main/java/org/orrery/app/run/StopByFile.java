package org.orrery.app.run;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoint;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Topic;
import org.orrery.contract.Reply;
import org.orrery.contract.command.WritingRequest;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.time.WallClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bus of a process without the gateway, on whose data directory the gateway runs: where the
 * gateway cannot be asked to stop writing, the file is made that it looks at before every write, so
 * that writing is stopped whether it is away, hangs, or only cannot be reached. It is made anew
 * where it is there, because a further stop voids what was agreed about a release. Thread-safe.
 */
final class StopByFile implements Bus {
  private static final Logger LOG = LoggerFactory.getLogger(StopByFile.class);

  private final Bus bus;
  private final Consumer<WritingState> tellOnce;
  private final Path file;
  private final WallClock wallClock;

  /**
   * @param tellOnce tells everybody who is there, and nobody later: how the switch stands is the
   *     gateway's to say, which may release it where this process does not hear that
   * @param file the gateway's own stop file
   */
  StopByFile(Bus bus, Consumer<WritingState> tellOnce, Path file, WallClock wallClock) {
    this.bus = bus;
    this.tellOnce = tellOnce;
    this.file = file;
    this.wallClock = wallClock;
  }

  @Override
  public <T> void publish(Topic<T> topic, T message) {
    bus.publish(topic, message);
  }

  @Override
  public <T> Subscription subscribe(Topic<T> topic, Consumer<? super T> handler) {
    return bus.subscribe(topic, handler);
  }

  @Override
  public <Q, R> Subscription serve(Endpoint<Q, R> endpoint, Function<Q, Future<R>> handler) {
    return bus.serve(endpoint, handler);
  }

  @Override
  public <Q, R> Future<R> request(Endpoint<Q, R> endpoint, Q request) {
    Future<R> answer = bus.request(endpoint, request);
    return request instanceof WritingRequest.Stop stop
            && endpoint.address().equals(Endpoints.GATE_WRITING.address())
        ? answer.recover(away -> stopped(stop, away))
        : answer;
  }

  /** The endpoint's declaration vouches for the type of the answer. */
  @SuppressWarnings("unchecked")
  private <R> Future<R> stopped(WritingRequest.Stop stop, Throwable away) {
    String who = stop.person().name();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path draft = file.resolveSibling(file.getFileName() + ".asked");
      Files.writeString(draft, who + ": " + stop.reason());
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.error("writing could not be stopped: {}; {}", away.getMessage(), e.toString());
      return Future.failedFuture(away);
    }
    LOG.warn("{} stopped writing by {}: {}", who, file, away.getMessage());
    WritingState state = new WritingState(true, who, stop.reason(), wallClock.nowNs(), List.of());
    tellOnce.accept(state);
    return Future.succeededFuture((R) new Reply.Done<>(state));
  }
}
