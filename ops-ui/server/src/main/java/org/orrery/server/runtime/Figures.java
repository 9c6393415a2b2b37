package org.orrery.server.runtime;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.twin.Agreement;

/**
 * What {@code /metrics} shows: what became of the samples at each stage, how the bridge and the
 * rooms are, whether Orrery may write, alarms, findings, the twin, pages, and the JVM. Not
 * thread-safe: the server's event loop owns it and alone scrapes.
 */
final class Figures implements AutoCloseable {
  private static final Map<String, ToLongFunction<LossCount>> OUTCOMES =
      Map.of(
          "in", LossCount::in,
          "out", LossCount::out,
          "squashed", LossCount::squashed,
          "dropped", LossCount::dropped,
          "late", LossCount::late);

  private final PrometheusMeterRegistry registry;
  private final LiveState live;
  private final JvmGcMetrics garbage = new JvmGcMetrics();
  private final Set<String> stages = new HashSet<>();
  private final Set<String> rooms = new HashSet<>();
  private final BridgeFigures bridge;

  Figures(PrometheusMeterRegistry registry, LiveState live, StreamHub stream) {
    this.registry = registry;
    this.live = live;
    this.bridge = new BridgeFigures(registry, live);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    garbage.bindTo(registry);
    Gauge.builder("orrery.pages", stream, StreamHub::size)
        .description("Pages on the live stream")
        .register(registry);
    Gauge.builder("orrery.writing.stopped", live, Figures::writingStopped)
        .description("1 while writing is stopped, 0 while it is not, NaN while not known")
        .register(registry);
    Gauge.builder("orrery.findings", live, LiveState::activeFindings)
        .description("Findings that last")
        .register(registry);
    for (Agreement agreement : Agreement.values()) {
      Gauge.builder("orrery.twin", live, l -> l.twinIs(agreement))
          .description("1 for what the twin thinks of itself, 0 otherwise, NaN while it is silent")
          .tag("agreement", agreement.name())
          .register(registry);
    }
    for (AlarmState state : AlarmState.values()) {
      if (state != AlarmState.NORMAL) {
        Gauge.builder("orrery.alarms", live, l -> l.alarms(state))
            .description("Alarms by state")
            .tag("state", state.name())
            .register(registry);
      }
    }
  }

  /** All figures of this moment in the text format of Prometheus. */
  String scrape() {
    live.losses().forEach(count -> stage(count.stage()));
    live.rooms().forEach(health -> room(health.room()));
    bridge.refresh();
    return registry.scrape();
  }

  @Override
  public void close() {
    garbage.close();
  }

  private void stage(String stage) {
    if (!stages.add(stage)) {
      return;
    }
    OUTCOMES.forEach(
        (outcome, figure) ->
            FunctionCounter.builder("orrery.samples", live, l -> l.loss(stage, figure))
                .description("Samples by stage and what became of them there since the start")
                .tag("stage", stage)
                .tag("outcome", outcome)
                .register(registry));
    Gauge.builder("orrery.samples.pending", live, l -> l.loss(stage, LossCount::pending))
        .description("Samples that a stage holds now")
        .tag("stage", stage)
        .register(registry);
    Gauge.builder("orrery.samples.unaccounted", live, l -> l.loss(stage, LossCount::unaccounted))
        .description("Samples that came into a stage and are nowhere; not 0 is a defect")
        .tag("stage", stage)
        .register(registry);
  }

  private void room(String room) {
    if (!rooms.add(room)) {
      return;
    }
    for (RoomHealth.Status status : RoomHealth.Status.values()) {
      Gauge.builder("orrery.room", live, l -> l.roomIs(room, status) ? 1 : 0)
          .description("1 for the status that a room has, 0 for the others; silence is DOWN")
          .tag("room", room)
          .tag("status", status.name())
          .register(registry);
    }
  }

  private static double writingStopped(LiveState live) {
    return live.writingKnown() ? live.writingStopped() ? 1 : 0 : Double.NaN;
  }
}
