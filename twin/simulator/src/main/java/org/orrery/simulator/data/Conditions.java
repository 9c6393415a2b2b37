package org.orrery.simulator.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.orrery.simulator.Waveform;

/**
 * Everything about the detector that its histograms depend on, over one interval. Immutable: each
 * {@code with} gives a changed copy.
 *
 * @param run how data are taken
 * @param argon the liquid and its field
 * @param boards the front end
 * @param photons the photon detectors
 * @param monitors the purity monitors, {@link #MONITORS} of them
 */
public record Conditions(
    RunConditions run,
    ArgonConditions argon,
    BoardConditions boards,
    PhotonConditions photons,
    List<MonitorConditions> monitors) {
  /** Purity monitors of the detector. */
  public static final int MONITORS = 4;

  private static final int DIGEST_BYTES = 8;

  public Conditions {
    monitors = List.copyOf(monitors);
    if (monitors.size() != MONITORS) {
      throw new IllegalArgumentException(
          "need " + MONITORS + " purity monitors, got " + monitors.size());
    }
  }

  /** A healthy detector of this scale at its nominal operating point. */
  public static Conditions nominal(DataScale scale) {
    return new Conditions(
        RunConditions.physics(1),
        ArgonConditions.nominal(),
        BoardConditions.nominal(scale.boards()),
        PhotonConditions.nominal(scale.photonChannels()),
        Collections.nCopies(MONITORS, MonitorConditions.nominal()));
  }

  /** The same with another way of taking data. */
  public Conditions with(RunConditions other) {
    return new Conditions(other, argon, boards, photons, monitors);
  }

  /** The same with another liquid or field. */
  public Conditions with(ArgonConditions other) {
    return new Conditions(run, other, boards, photons, monitors);
  }

  /** The same with other boards. */
  public Conditions with(BoardConditions other) {
    return new Conditions(run, argon, other, photons, monitors);
  }

  /** The same with other photon detectors. */
  public Conditions with(PhotonConditions other) {
    return new Conditions(run, argon, boards, other, monitors);
  }

  /** The same with other measurements of the purity monitors. */
  public Conditions with(List<MonitorConditions> other) {
    return new Conditions(run, argon, boards, photons, other);
  }

  /** The first 8 bytes of the SHA-256 sum over all of it, in hexadecimal digits. */
  public String digest() {
    MessageDigest sum = sha256();
    put(sum, run.number(), run.beamOn() ? 1 : 0);
    sum.update(run.configuration().getBytes(StandardCharsets.UTF_8));
    put(
        sum,
        run.liveShare(),
        run.beamHertz(),
        run.cosmicHertz(),
        run.pulserHertz(),
        run.randomHertz(),
        run.pileUpTracks(),
        run.monitoredShare());
    put(
        sum,
        argon.fieldKvPerCm(),
        argon.spaceChargeAlpha(),
        argon.kelvin(),
        argon.lifetimeMilliseconds(),
        argon.nitrogenPpm());
    put(sum, boards.noiseElectrons());
    put(sum, boards.coherentElectrons());
    put(sum, boards.hitEfficiency());
    put(sum, boards.gain());
    put(sum, boards.pedestalShiftAdc());
    put(sum, boards.inductionGain(), boards.collectionGain(), boards.rippleElectrons());
    put(sum, boards.dead().words());
    put(sum, photons.gainMillions());
    put(sum, photons.darkHertz());
    put(sum, photons.saturated().words());
    for (MonitorConditions monitor : monitors) {
      put(
          sum,
          monitor.cathodeFemtocoulomb(),
          monitor.anodeFemtocoulomb(),
          monitor.driftMicroseconds());
    }
    return HexFormat.of().formatHex(sum.digest(), 0, DIGEST_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void put(MessageDigest sum, Waveform values) {
    put(sum, values.toArray());
  }

  private static void put(MessageDigest sum, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + values.length * Double.BYTES);
    bytes.putInt(values.length);
    for (double value : values) {
      bytes.putDouble(value);
    }
    sum.update(bytes.array());
  }

  private static void put(MessageDigest sum, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + values.length * Long.BYTES);
    bytes.putInt(values.length);
    for (long value : values) {
      bytes.putLong(value);
    }
    sum.update(bytes.array());
  }
}
