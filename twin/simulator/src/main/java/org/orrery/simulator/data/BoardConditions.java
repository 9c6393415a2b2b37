package org.orrery.simulator.data;

import java.util.Arrays;
import org.orrery.simulator.Waveform;

/**
 * The front-end boards. Channels are numbered through: board times 128 and the channel on it.
 * Immutable.
 *
 * @param noiseElectrons noise of each board without the share of its channels, electrons RMS
 * @param coherentElectrons noise that all channels of a board have in common, electrons RMS
 * @param hitEfficiency share of the hits that each board finds, 1 for a healthy one
 * @param gain gain of each board relative to nominal
 * @param pedestalShiftAdc shift of the pedestals of each board, ADC counts
 * @param inductionGain height of induction pulses relative to nominal, as by wire bias
 * @param collectionGain height of collection pulses relative to nominal, as by wire bias
 * @param rippleElectrons noise that induction wires pick up from the cathode, electrons RMS
 * @param dead channels without signal and without noise, besides those dead from birth
 */
public record BoardConditions(
    Waveform noiseElectrons,
    Waveform coherentElectrons,
    Waveform hitEfficiency,
    Waveform gain,
    Waveform pedestalShiftAdc,
    double inductionGain,
    double collectionGain,
    double rippleElectrons,
    ChannelSet dead) {

  /** Healthy boards with this noise. */
  public static BoardConditions healthy(Waveform noiseElectrons) {
    int boards = noiseElectrons.size();
    return new BoardConditions(
        noiseElectrons,
        all(boards, 0.0),
        all(boards, 1.0),
        all(boards, 1.0),
        all(boards, 0.0),
        1.0,
        1.0,
        0.0,
        ChannelSet.none());
  }

  /** As many boards of 600 electrons, as the boards of the plant have in the mean. */
  public static BoardConditions nominal(int boards) {
    return healthy(all(boards, 600.0));
  }

  private static Waveform all(int boards, double value) {
    double[] values = new double[boards];
    Arrays.fill(values, value);
    return new Waveform(values);
  }

  private static Waveform with(Waveform values, int board, double value) {
    double[] changed = values.toArray();
    changed[board] = value;
    return new Waveform(changed);
  }

  /** How many boards there are. */
  public int boards() {
    return noiseElectrons.size();
  }

  /** Height of the pulses of a plane relative to nominal. */
  double planeGain(WirePlane plane) {
    return plane == WirePlane.X ? collectionGain : inductionGain;
  }

  /** The same with other noise of one board, from 0. */
  public BoardConditions withNoise(int board, double electrons) {
    return copy(
        with(noiseElectrons, board, electrons),
        coherentElectrons,
        hitEfficiency,
        gain,
        pedestalShiftAdc);
  }

  /** The same with coherent noise on one board, from 0. */
  public BoardConditions withCoherentNoise(int board, double electrons) {
    return copy(
        noiseElectrons,
        with(coherentElectrons, board, electrons),
        hitEfficiency,
        gain,
        pedestalShiftAdc);
  }

  /** The same with another hit efficiency of one board, from 0. */
  public BoardConditions withHitEfficiency(int board, double share) {
    return copy(
        noiseElectrons,
        coherentElectrons,
        with(hitEfficiency, board, share),
        gain,
        pedestalShiftAdc);
  }

  /** The same with another gain of one board, from 0. */
  public BoardConditions withGain(int board, double relative) {
    return copy(
        noiseElectrons,
        coherentElectrons,
        hitEfficiency,
        with(gain, board, relative),
        pedestalShiftAdc);
  }

  /** The same with shifted pedestals of one board, from 0. */
  public BoardConditions withPedestalShift(int board, double adc) {
    return copy(
        noiseElectrons, coherentElectrons, hitEfficiency, gain, with(pedestalShiftAdc, board, adc));
  }

  /** The same with other pulse heights on the planes, as after a change of the wire bias. */
  public BoardConditions withPlaneGains(double induction, double collection) {
    return new BoardConditions(
        noiseElectrons,
        coherentElectrons,
        hitEfficiency,
        gain,
        pedestalShiftAdc,
        induction,
        collection,
        rippleElectrons,
        dead);
  }

  /** The same with another ripple of the cathode. */
  public BoardConditions withRipple(double electrons) {
    return new BoardConditions(
        noiseElectrons,
        coherentElectrons,
        hitEfficiency,
        gain,
        pedestalShiftAdc,
        inductionGain,
        collectionGain,
        electrons,
        dead);
  }

  /** The same with these dead channels in place of those before. */
  public BoardConditions withDead(ChannelSet channels) {
    return new BoardConditions(
        noiseElectrons,
        coherentElectrons,
        hitEfficiency,
        gain,
        pedestalShiftAdc,
        inductionGain,
        collectionGain,
        rippleElectrons,
        channels);
  }

  private BoardConditions copy(
      Waveform noise, Waveform coherent, Waveform efficiency, Waveform gains, Waveform shifts) {
    return new BoardConditions(
        noise,
        coherent,
        efficiency,
        gains,
        shifts,
        inductionGain,
        collectionGain,
        rippleElectrons,
        dead);
  }
}
