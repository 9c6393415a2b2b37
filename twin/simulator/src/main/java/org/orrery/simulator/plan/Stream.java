package org.orrery.simulator.plan;

/**
 * The random streams of a plan. Each kind of event has its own, so that a change in one kind leaves
 * the others as they were. The numbers are part of what a seed means: never change or reuse one.
 */
final class Stream {
  static final long FILLS = 1_001;
  static final long BEAM_STOPS = 1_002;
  static final long DEVELOPMENT = 1_003;
  static final long TECHNICAL_STOPS = 1_004;
  static final long ROTA = 1_011;
  static final long WEATHER = 1_021;
  static final long STREAMER_REST = 1_031;

  private Stream() {}

  static long of(PlannedEvent.WorkKind kind) {
    return 1_100L + kind.ordinal();
  }

  static long mishapsOf(PlannedEvent.WorkKind kind) {
    return 1_150L + kind.ordinal();
  }

  static long of(FaultClass fault) {
    return 1_200L + fault.ordinal();
  }
}
