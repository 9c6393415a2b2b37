package org.orrery.simulator.plant;

/** Temperatures between the middles of liquid layers. Stateless. */
final class LayerProfile {
  private LayerProfile() {}

  /**
   * Temperature at a height, K.
   *
   * @param layerKelvin mean temperatures of the layers, from the floor up
   * @param skinKelvin temperature of the surface
   * @param share height as a share of the level
   */
  static double kelvinAt(double[] layerKelvin, double skinKelvin, double share) {
    int count = layerKelvin.length;
    double layers = share * count - 0.5;
    if (layers <= 0.0) {
      return layerKelvin[0];
    }
    int below = (int) layers;
    if (below >= count - 1) {
      double towardsSkin = Math.min(1.0, 2.0 * (layers - (count - 1)));
      return layerKelvin[count - 1] + towardsSkin * (skinKelvin - layerKelvin[count - 1]);
    }
    return layerKelvin[below] + (layers - below) * (layerKelvin[below + 1] - layerKelvin[below]);
  }

  static double mean(double[] layerKelvin) {
    double sum = 0.0;
    for (double kelvin : layerKelvin) {
      sum += kelvin;
    }
    return sum / layerKelvin.length;
  }
}
