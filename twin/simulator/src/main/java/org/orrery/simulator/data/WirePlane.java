package org.orrery.simulator.data;

/**
 * The wire planes of a board: 40 + 40 + 48 channels, as ProtoDUNE-SP. Baselines are 900 mV
 * (induction) and 200 mV (collection) of a 12-bit converter over 2 V; noise factors follow the wire
 * length as in the slow-control channels {@code mon.enc.*}. Thresholds and response factors are
 * modelling defaults.
 */
enum WirePlane {
  U(0, 40, 1_843.0, 1.08, 1.0, 0.467, 0.45, 15.0, 256.0),
  V(40, 40, 1_843.0, 1.06, 1.0, 0.467, 0.45, 15.0, 256.0),
  X(80, 48, 410.0, 0.86, 0.3, 0.479, 0.90, 12.0, 512.0);

  /** Channels of a board. */
  static final int BOARD_CHANNELS = 128;

  /**
   * Converter counts per thousand electrons: 14 mV/fC, 0.1602 fC, 4096 counts over 2000 mV. The
   * peak of a real pulse is lower by the response of the plane.
   */
  static final double ADC_PER_KE = 14.0 * 0.1602177 * 4096.0 / 2000.0;

  final int firstChannel;
  final int channels;
  final double baselineAdc;
  final double noiseFactor;
  final double ripplePickUp;
  final double pitchCm;
  final double response;
  final double thresholdAdc;
  final double highestPulseAdc;

  WirePlane(
      int firstChannel,
      int channels,
      double baselineAdc,
      double noiseFactor,
      double ripplePickUp,
      double pitchCm,
      double response,
      double thresholdAdc,
      double highestPulseAdc) {
    this.firstChannel = firstChannel;
    this.channels = channels;
    this.baselineAdc = baselineAdc;
    this.noiseFactor = noiseFactor;
    this.ripplePickUp = ripplePickUp;
    this.pitchCm = pitchCm;
    this.response = response;
    this.thresholdAdc = thresholdAdc;
    this.highestPulseAdc = highestPulseAdc;
  }
}
