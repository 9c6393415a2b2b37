package org.orrery.gateway.core;

import java.util.Optional;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.value.Value;
import org.orrery.gateway.core.GateVerdict.Allowed;
import org.orrery.gateway.core.GateVerdict.Refused;

/**
 * The rules of the write gate. They refuse by default: a command is allowed only when every rule
 * has been asked and none objects, and what cannot be read counts as an objection. Pure and
 * stateless.
 *
 * <p>A write in the channel's safe direction is excused from the limits on step and pace, from the
 * mode, from reservations, and from other proposals' claims on the device, so that getting safe is
 * quick; it is excused from nothing else.
 */
final class GateRules {
  private GateRules() {}

  /** Judges one command. */
  static GateVerdict judge(GateCase given) {
    Optional<Refused> unauthorised = AuthorityRules.objection(given);
    if (unauthorised.isPresent()) {
      return unauthorised.get();
    }
    Command command = given.command();
    Optional<Channel> channel = given.facility().channel(command.channel());
    if (channel.isEmpty()) {
      return refused(
          Reason.UNKNOWN_CHANNEL,
          "the facility has no channel "
              + command.channel()
              + "; correct the playbook or the facility description");
    }
    Optional<Writable> writable = channel.get().writable();
    if (writable.isEmpty()) {
      return refused(
          Reason.NOT_WRITABLE,
          command.channel()
              + " is read-only in the facility description; only channels listed as writable are"
              + " written");
    }
    return judge(given, channel.get(), writable.get());
  }

  private static GateVerdict judge(GateCase given, Channel channel, Writable writable) {
    Optional<Refused> objection =
        ValueRules.unitAndKind(given, channel)
            .or(() -> ValueRules.range(given, channel, writable))
            .or(() -> connected(given, channel.id(), "the target"));
    if (objection.isPresent()) {
      return objection.get();
    }
    ChannelId readbackId = writable.readback().orElse(channel.id());
    PlantRules.Reading target = PlantRules.reading(given, channel.id());
    PlantRules.Reading readback = PlantRules.reading(given, readbackId);
    return switch (target) {
      case PlantRules.Reading.Unusable unusable ->
          refused(
              Reason.STALE_READING, "the target's own reading cannot be used: " + unusable.why());
      case PlantRules.Reading.Usable now ->
          switch (readback) {
            case PlantRules.Reading.Unusable unusable ->
                refused(
                    Reason.STALE_READING, "the write could not be read back: " + unusable.why());
            case PlantRules.Reading.Usable before ->
                judge(given, channel, writable, now.sample(), before.sample().value());
          };
    };
  }

  private static GateVerdict judge(
      GateCase given, Channel channel, Writable writable, Sample now, Value before) {
    boolean towardsSafety = writable.towardsSafety(now.value(), given.command().value());
    return AccessCheck.objection(given, channel, towardsSafety)
        .or(() -> PlantRules.localControl(given, writable))
        .or(() -> PlantRules.interlocked(given))
        .or(() -> ReservationRules.taggedOut(given, channel))
        .or(() -> busy(given.underWay(), channel))
        .or(() -> towardsSafety ? Optional.empty() : ReservationRules.locked(given, channel))
        .or(() -> towardsSafety ? Optional.empty() : busy(given.heldBy(), channel))
        .or(
            () ->
                towardsSafety
                    ? Optional.empty()
                    : ValueRules.step(given, channel, writable, now.value()))
        .or(() -> towardsSafety ? Optional.empty() : ModeRules.objection(given, channel))
        .or(() -> towardsSafety ? Optional.empty() : PaceRules.objection(given, channel, writable))
        .or(() -> PlantRules.preconditions(given))
        .map(GateVerdict.class::cast)
        .orElseGet(() -> new Allowed(channel, writable, before, towardsSafety));
  }

  private static Optional<Refused> connected(GateCase given, ChannelId id, String what) {
    Optional<ChannelHealth> health = given.plant().health(id);
    if (health.isEmpty()) {
      return Optional.of(refused(Reason.DISCONNECTED, what + " " + id + " has no connection"));
    }
    return switch (health.get().link()) {
      case CONNECTED, STALE -> Optional.empty();
      case MISMATCH ->
          Optional.of(
              refused(
                  Reason.WRONG_UNIT,
                  what + " " + id + " is not what the description says: " + health.get().detail()));
      case DISCONNECTED ->
          Optional.of(
              refused(
                  Reason.DISCONNECTED,
                  what
                      + " "
                      + id
                      + " is "
                      + Link.DISCONNECTED.name().toLowerCase(java.util.Locale.ROOT)
                      + ": "
                      + health.get().detail()
                      + "; see to the device or its server"));
    };
  }

  private static Optional<Refused> busy(Optional<String> by, Channel channel) {
    return by.map(who -> refused(Reason.DEVICE_BUSY, channel.device() + " is held by " + who));
  }

  static Optional<Refused> objectIf(boolean broken, Reason reason, String detail) {
    return broken ? Optional.of(refused(reason, detail)) : Optional.empty();
  }

  static Refused refused(Reason reason, String detail) {
    return new Refused(reason, detail);
  }

  static String seconds(long ns) {
    return String.format(java.util.Locale.ROOT, "%.1f", ns / 1e9);
  }
}
