package org.orrery.alarms.runtime.phoebus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.orrery.alarms.AlarmsConfig;
import org.orrery.alarms.core.phoebus.MirroredAlarms;
import org.orrery.alarms.core.phoebus.PhoebusMessage;
import org.orrery.alarms.core.phoebus.PhoebusPath;
import org.orrery.alarms.core.phoebus.PhoebusTree;
import org.orrery.contract.Reply;
import org.orrery.contract.alarm.AcknowledgeRequest;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.time.WallClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins the mirrored alarms with Phoebus: its messages come in on the owner's context, and
 * acknowledgements go out. All of it belongs to the context on which it is started.
 */
public final class PhoebusLink {
  private static final Logger LOG = LoggerFactory.getLogger(PhoebusLink.class);

  private final Vertx vertx;
  private final String name;
  private final MirroredAlarms alarms;
  private final LongSupplier nowNs;
  private final Consumer<List<AlarmTransition>> told;
  private final Consumer<String> trouble;
  private final PhoebusFeed feed;
  private final PhoebusCommands commands;
  private String said = "";

  /**
   * @param alarms what is mirrored
   * @param clock people's time
   * @param nowNs plant time that never goes back
   * @param told takes what people are told, on the context of this
   * @param trouble takes what is wrong with Phoebus, empty where nothing is
   */
  public PhoebusLink(
      Vertx vertx,
      AlarmsConfig.Phoebus config,
      MirroredAlarms alarms,
      WallClock clock,
      LongSupplier nowNs,
      Consumer<List<AlarmTransition>> told,
      Consumer<String> trouble) {
    this.vertx = vertx;
    this.name = config.config();
    this.alarms = alarms;
    this.nowNs = nowNs;
    this.told = told;
    this.trouble = trouble;
    Context context = vertx.getOrCreateContext();
    this.commands = new PhoebusCommands(config);
    this.feed =
        new PhoebusFeed(
            config,
            clock,
            new PhoebusFeed.Listener() {
              @Override
              public void replayed(PhoebusTree tree) {
                context.runOnContext(go -> onReplayed(tree));
              }

              @Override
              public void said(List<PhoebusMessage> messages) {
                context.runOnContext(go -> onSaid(messages));
              }

              @Override
              public void life(PhoebusFeed.Life life) {
                context.runOnContext(go -> onLife(life));
              }
            });
  }

  /** Begins to listen. */
  public void start() {
    feed.start();
  }

  /** Stops; blocks for some seconds at most. */
  public void close() {
    feed.close();
    commands.close();
  }

  /** Time passed. */
  public void tick() {
    tell(alarms.tick(nowNs.getAsLong()));
  }

  /** Sends an acknowledgement; it counts once Phoebus says so. */
  public Future<Reply<Alarm>> acknowledge(AcknowledgeRequest request) {
    return switch (alarms.acknowledge(request.key())) {
      case MirroredAlarms.Ask.Declined(String reason) ->
          Future.succeededFuture(new Reply.Declined<>(reason));
      case MirroredAlarms.Ask.Send(List<PhoebusPath> paths) -> {
        String person = request.person().name();
        // Marked before it leaves, so that an answer that comes at once finds it.
        tell(alarms.sent(request.key(), person, nowNs.getAsLong()));
        yield vertx
            .executeBlocking(() -> commands.acknowledge(paths, person), false)
            .map(problem -> reply(request, problem));
      }
    };
  }

  private Reply<Alarm> reply(AcknowledgeRequest request, String problem) {
    if (!problem.isEmpty()) {
      return new Reply.Declined<>(problem);
    }
    return alarms
        .alarm(request.key())
        .<Reply<Alarm>>map(Reply.Done::new)
        .orElseGet(
            () -> new Reply.Declined<>("alarm " + request.key() + " is normal in Phoebus by now"));
  }

  private void onReplayed(PhoebusTree tree) {
    List<AlarmTransition> changes = alarms.replayed(tree, nowNs.getAsLong());
    LOG.info("Phoebus' alarm tree {} was read; {} alarms", name, alarms.list().size());
    tell(changes);
    trouble.accept(words());
  }

  private void onSaid(List<PhoebusMessage> messages) {
    boolean maintained = alarms.maintenance();
    List<AlarmTransition> changes = new ArrayList<>();
    for (PhoebusMessage message : messages) {
      changes.addAll(alarms.handle(message, nowNs.getAsLong()));
    }
    tell(changes);
    if (maintained != alarms.maintenance()) {
      trouble.accept(words());
    }
  }

  private void onLife(PhoebusFeed.Life life) {
    said = life.trouble();
    tell(alarms.life(life.live(), nowNs.getAsLong()));
    trouble.accept(words());
  }

  private String words() {
    String maintained =
        alarms.maintenance()
            ? "Phoebus is in maintenance mode and acknowledges invalid alarms by itself"
            : "";
    return said.isEmpty() || maintained.isEmpty() ? said + maintained : said + "; " + maintained;
  }

  private void tell(List<AlarmTransition> changes) {
    told.accept(changes);
  }
}
