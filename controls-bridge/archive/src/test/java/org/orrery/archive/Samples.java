package org.orrery.archive;

import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;

/** Samples for tests. */
public final class Samples {
  /** 2026-11-23T10:00:00Z, plant ns. */
  public static final long T0 = 1_795_428_000_000_000_000L;

  private Samples() {}

  /** A good number. */
  public static Sample number(String channel, long timeNs, long sequence, double value) {
    return of(channel, timeNs, sequence, Value.of(value), Quality.GOOD, Severity.NONE);
  }

  /** Any sample. */
  public static Sample of(
      String channel, long timeNs, long sequence, Value value, Quality quality, Severity severity) {
    return new Sample(
        new ChannelId(channel),
        value,
        severity,
        severity == Severity.NONE ? "" : "HIHI",
        timeNs,
        timeNs + 1_000_000,
        quality,
        0,
        sequence);
  }
}
