package org.orrery.simulator.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.orrery.simulator.fault.Effect.Lie;

/** F21: one sensor lies. Stateless. */
final class SensorFaults implements FaultFamily {
  private record Lying(Lie lie, Profile course) {}

  @Override
  public List<String> codes() {
    return List.of("F21");
  }

  @Override
  public Fault build(String code, Arguments arguments) {
    String channel = arguments.text("channel").orElse("");
    if (channel.isEmpty()) {
      throw new IllegalArgumentException("F21 needs channel=");
    }
    Optional<String> error = arguments.text("code");
    if (error.isPresent()) {
      return PurificationFaults.monitorFails(channel, error.get());
    }
    Lying lying = lying(arguments);
    return new Fault(
        code,
        channel,
        List.of(new Effect.OnSensor(channel, lying.lie(), lying.course())),
        new Fault.Ending.Lasts(),
        new Truth(
            "sensor fault on " + channel,
            channel.contains(".") ? channel.substring(0, channel.indexOf('.')) : channel,
            List.of(),
            List.of("declare the channel invalid, have the sensor repaired"),
            List.of("act on the detector because of this reading alone"),
            true));
  }

  private static Lying lying(Arguments arguments) {
    List<Lying> lies = new ArrayList<>();
    double ramp = arguments.rampSeconds(0.0);
    arguments
        .text("bias")
        .ifPresent(text -> lies.add(new Lying(Lie.BIAS, grown("bias", text, ramp))));
    arguments
        .text("scale")
        .ifPresent(text -> lies.add(new Lying(Lie.SCALE, grown("scale", text, ramp))));
    arguments
        .text("noise")
        .ifPresent(text -> lies.add(new Lying(Lie.NOISE, grown("noise", text, ramp))));
    arguments
        .text("drift")
        .ifPresent(
            text -> {
              String perHour = text.endsWith("/h") ? text.substring(0, text.length() - 2) : text;
              double rate = Arguments.numberOf("drift", perHour);
              lies.add(new Lying(Lie.BIAS, new Profile.Slope(rate)));
            });
    arguments
        .text("stuck")
        .ifPresent(
            text ->
                lies.add(
                    text.isEmpty()
                        ? new Lying(Lie.FROZEN, new Profile.Step(1.0))
                        : new Lying(Lie.STUCK_AT, grown("stuck", text, 0.0))));
    arguments.text("dead").ifPresent(text -> lies.add(new Lying(Lie.DEAD, new Profile.Step(1.0))));
    if (lies.size() != 1) {
      throw new IllegalArgumentException(
          "F21 needs one of bias=, scale=, noise=, drift=, stuck=, stuck, dead");
    }
    return lies.getFirst();
  }

  private static Profile grown(String name, String text, double rampSeconds) {
    return new Profile.Ramp(Arguments.numberOf(name, text), rampSeconds);
  }
}
