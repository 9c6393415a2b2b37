package org.orrery.contract.diagnosis;

import org.orrery.contract.facility.ChannelId;

/** What may be the root cause. */
public sealed interface Hypothesis {
  /** The name in words. */
  String title();

  /**
   * A fault of the plant.
   *
   * @param code code of the fault catalogue, for example {@code F5}
   * @param title in words, for example {@code recirculation pump stopped}
   * @param device the device at fault
   */
  record PlantFault(String code, String title, String device) implements Hypothesis {}

  /**
   * Something outside that is no fault, such as weather.
   *
   * @param code code of the fault catalogue, for example {@code F10}
   * @param title in words
   */
  record External(String code, String title) implements Hypothesis {}

  /**
   * A sensor that does not tell the truth.
   *
   * @param channel the channel of the sensor
   */
  record LyingSensor(ChannelId channel) implements Hypothesis {
    @Override
    public String title() {
      return "sensor " + channel + " is wrong";
    }
  }

  /** None of the hypotheses that the twin knows. */
  record NoneOfThese() implements Hypothesis {
    @Override
    public String title() {
      return "none of these";
    }
  }

  /** Nothing is wrong. */
  record NothingWrong() implements Hypothesis {
    @Override
    public String title() {
      return "nothing is wrong";
    }
  }
}
