package org.orrery.simulator.data;

import java.util.Arrays;
import org.orrery.simulator.Waveform;

/**
 * The photon detectors. Immutable.
 *
 * @param gainMillions gain of each channel, millions of electrons per photo-electron
 * @param darkHertz dark rate of each channel, Hz
 * @param saturated channels whose baseline is at the end of their range: no pulse is seen on them
 */
public record PhotonConditions(Waveform gainMillions, Waveform darkHertz, ChannelSet saturated) {
  /** Gain at the nominal over-voltage, millions: 1.2 per volt at 3 V, as in the plant. */
  static final double NOMINAL_MILLIONS = 3.6;

  /** As many channels of nominal gain and 200 Hz. */
  public static PhotonConditions nominal(int channels) {
    double[] gain = new double[channels];
    double[] dark = new double[channels];
    Arrays.fill(gain, NOMINAL_MILLIONS);
    Arrays.fill(dark, 200.0);
    return new PhotonConditions(new Waveform(gain), new Waveform(dark), ChannelSet.none());
  }

  /** How many channels there are. */
  public int channels() {
    return gainMillions.size();
  }

  /** Mean gain of the channels that are not saturated, relative to nominal. */
  double meanGainRelative() {
    double sum = 0.0;
    int count = 0;
    for (int i = 0; i < channels(); i++) {
      if (!saturated.contains(i)) {
        sum += gainMillions.at(i);
        count++;
      }
    }
    return count == 0 ? 0.0 : sum / count / NOMINAL_MILLIONS;
  }

  /** The same with another gain of one channel, from 0. */
  public PhotonConditions withGain(int channel, double millions) {
    double[] gain = gainMillions.toArray();
    gain[channel] = millions;
    return new PhotonConditions(new Waveform(gain), darkHertz, saturated);
  }

  /** The same with another dark rate of one channel, from 0. */
  public PhotonConditions withDarkRate(int channel, double hertz) {
    double[] dark = darkHertz.toArray();
    dark[channel] = hertz;
    return new PhotonConditions(gainMillions, new Waveform(dark), saturated);
  }

  /** The same with these saturated channels in place of those before. */
  public PhotonConditions withSaturated(ChannelSet channels) {
    return new PhotonConditions(gainMillions, darkHertz, channels);
  }
}
