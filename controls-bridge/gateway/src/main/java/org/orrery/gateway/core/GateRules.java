package org.orrery.gateway.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.operations.TagOut;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.gateway.core.GateVerdict.Allowed;
import org.orrery.gateway.core.GateVerdict.Refused;

/**
 * The rules of the write gate. They refuse by default: a command is allowed only when every rule
 * has been asked and none objects, and what cannot be read counts as an objection. Pure and
 * stateless.
 *
 * <p>A write in the channel's safe direction is excused from the limits on step and pace, and from
 * other proposals' claims on the device, so that getting safe is quick; it is excused from nothing
 * else.
 */
final class GateRules {
  /** A clock of ours that differs by more than this makes deadlines meaningless, wall ns. */
  private static final long CLOCK_TOLERANCE_NS = 60_000_000_000L;

  /** Before the target is known. */
  private static final List<Function<GateCase, Optional<Refused>>> AUTHORITY =
      List.of(
          GateRules::signature,
          GateRules::duplicate,
          GateRules::writingStopped,
          GateRules::expired,
          GateRules::approved);

  private GateRules() {}

  /** Judges one command. */
  static GateVerdict judge(GateCase given) {
    for (Function<GateCase, Optional<Refused>> rule : AUTHORITY) {
      Optional<Refused> objection = rule.apply(given);
      if (objection.isPresent()) {
        return objection.get();
      }
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
        unitAndKind(given, channel)
            .or(() -> range(given, channel, writable))
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
    boolean towardsSafety =
        PlantRules.towardsSafety(writable, now.value(), given.command().value());
    return PlantRules.localControl(given, writable)
        .or(() -> PlantRules.interlocked(given))
        .or(() -> taggedOut(given, channel))
        .or(() -> busy(given.underWay(), channel))
        .or(() -> towardsSafety ? Optional.empty() : busy(given.heldBy(), channel))
        .or(() -> towardsSafety ? Optional.empty() : step(given, channel, writable, now.value()))
        .or(() -> towardsSafety ? Optional.empty() : pace(given, channel, writable))
        .or(() -> PlantRules.preconditions(given))
        .map(GateVerdict.class::cast)
        .orElseGet(() -> new Allowed(channel, writable, before, towardsSafety));
  }

  private static Optional<Refused> signature(GateCase given) {
    return objectIf(
        !given.signatureValid(),
        Reason.BAD_SIGNATURE,
        "the command does not carry supervision's signature over exactly this content; look for"
            + " whoever put it on the bus");
  }

  private static Optional<Refused> duplicate(GateCase given) {
    return given
        .earlier()
        .map(
            earlier ->
                refused(
                    Reason.DUPLICATE,
                    "command "
                        + given.command().id()
                        + " was here before ("
                        + earlier
                        + "); ask for its outcome, a command is carried out at most once"));
  }

  private static Optional<Refused> writingStopped(GateCase given) {
    WritingState writing = given.writing();
    return objectIf(
        writing.stopped(),
        Reason.WRITING_STOPPED,
        "writing was stopped by "
            + writing.by()
            + " ("
            + writing.reason()
            + "); two different experts release it");
  }

  private static Optional<Refused> expired(GateCase given) {
    Command command = given.command();
    return objectIf(
            given.wallNs() >= command.deadlineNs(),
            Reason.EXPIRED,
            "the command's deadline passed "
                + seconds(given.wallNs() - command.deadlineNs())
                + " s ago; propose it again")
        .or(
            () ->
                objectIf(
                    command.issuedAtNs() - given.wallNs() > CLOCK_TOLERANCE_NS,
                    Reason.EXPIRED,
                    "the command was signed "
                        + seconds(command.issuedAtNs() - given.wallNs())
                        + " s in the future, so its deadline means nothing; compare the clocks of"
                        + " the machines"));
  }

  private static Optional<Refused> approved(GateCase given) {
    return objectIf(
        given.command().approvedBy().isEmpty(),
        Reason.PRECONDITION,
        "nobody approved the command; people decide, have the proposal approved");
  }

  private static Optional<Refused> unitAndKind(GateCase given, Channel channel) {
    Command command = given.command();
    ValueKind kind = ValueKind.of(command.value());
    return objectIf(
            kind != channel.kind(),
            Reason.WRONG_UNIT,
            channel.id()
                + " takes "
                + channel.kind()
                + ", the command carries "
                + kind
                + "; correct the playbook")
        .or(
            () ->
                objectIf(
                    !command.unit().equals(channel.unit()),
                    Reason.WRONG_UNIT,
                    channel.id()
                        + " is in '"
                        + channel.unit()
                        + "', the command in '"
                        + command.unit()
                        + "'; nothing is converted on a write, correct the playbook"));
  }

  private static Optional<Refused> range(GateCase given, Channel channel, Writable writable) {
    return switch (given.command().value()) {
      case Value.DoubleValue d -> range(d.value(), channel, writable);
      case Value.LongValue l -> range(l.value(), channel, writable);
      case Value.ChoiceValue choice ->
          objectIf(
              channel.choices().indexOf(choice.label()) != choice.index(),
              Reason.OUT_OF_RANGE,
              channel.id()
                  + " has no choice "
                  + choice.index()
                  + " '"
                  + choice.label()
                  + "', only "
                  + channel.choices());
      case Value.TextValue t -> Optional.empty();
      case org.orrery.contract.value.DoubleArrayValue a -> elements(a, channel, writable);
      case org.orrery.contract.value.HistogramValue h ->
          Optional.of(
              refused(Reason.NOT_WRITABLE, channel.id() + " is a histogram, which nobody writes"));
    };
  }

  private static Optional<Refused> elements(
      org.orrery.contract.value.DoubleArrayValue array, Channel channel, Writable writable) {
    for (int i = 0; i < array.size(); i++) {
      Optional<Refused> objection = range(array.get(i), channel, writable);
      if (objection.isPresent()) {
        return objection;
      }
    }
    return Optional.empty();
  }

  private static Optional<Refused> range(double value, Channel channel, Writable writable) {
    return objectIf(
        !(value >= writable.low() && value <= writable.high()),
        Reason.OUT_OF_RANGE,
        value
            + " "
            + channel.unit()
            + " lies outside what may be written to "
            + channel.id()
            + ": "
            + writable.low()
            + " to "
            + writable.high()
            + " "
            + channel.unit());
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

  private static Optional<Refused> taggedOut(GateCase given, Channel channel) {
    if (given.operations().isEmpty()) {
      return Optional.of(
          refused(
              Reason.TAGGED_OUT,
              "whether "
                  + channel.device()
                  + " is tagged out is not known: operations has not reported since the"
                  + " gateway started; look at that room"));
    }
    for (TagOut tag : given.operations().get().tagOuts()) {
      if (tag.device().equals(channel.device())) {
        return Optional.of(
            refused(
                Reason.TAGGED_OUT,
                channel.device()
                    + " is tagged out by "
                    + tag.owner()
                    + " ("
                    + tag.reason()
                    + "); only "
                    + tag.owner()
                    + " lifts it"));
      }
    }
    return Optional.empty();
  }

  private static Optional<Refused> busy(Optional<String> by, Channel channel) {
    return by.map(
        who ->
            refused(
                Reason.DEVICE_BUSY,
                channel.device() + " is held by " + who + "; wait for its end"));
  }

  private static Optional<Refused> step(
      GateCase given, Channel channel, Writable writable, Value now) {
    if (writable.maxStep().isEmpty() || channel.kind() == ValueKind.CHOICE) {
      return Optional.empty();
    }
    double largest = writable.maxStep().getAsDouble();
    double change =
        Math.abs(given.command().value().asDouble().orElse(0) - now.asDouble().orElse(Double.NaN));
    return objectIf(
        given.command().value().asDouble().isPresent() && !(change <= largest),
        Reason.OUT_OF_RANGE,
        "a change of "
            + change
            + " "
            + channel.unit()
            + " is more than one write may make on "
            + channel.id()
            + " ("
            + largest
            + " "
            + channel.unit()
            + "); go in smaller steps");
  }

  private static Optional<Refused> pace(GateCase given, Channel channel, Writable writable) {
    if (given.lastWriteNs().isEmpty()) {
      return Optional.empty();
    }
    long sinceNs = given.wallNs() - given.lastWriteNs().getAsLong();
    return objectIf(
        sinceNs < writable.minIntervalNs(),
        Reason.TOO_FAST,
        channel.id()
            + " was written to "
            + seconds(sinceNs)
            + " s ago, the shortest interval is "
            + seconds(writable.minIntervalNs())
            + " s; wait");
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
