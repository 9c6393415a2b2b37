package org.orrery.gateway.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.operations.OperationsState;

/**
 * Gathers what the rules look at. Looks only: it neither writes nor journals. Confined to the
 * gate's thread, but for {@link #later}.
 */
final class GateCases {
  private static final String INTERLOCK_PREFIX = "interlock.";
  private static final String ALL_SUBSYSTEMS = "*";

  private static final String NOT_TOLD =
      "somebody, for all the gate knows: supervision has not said since the gate started which"
          + " plans are open; look at that room, and propose it again once it is up";

  private final GatePorts ports;
  private final GateSettings settings;
  private final AttemptBook book;
  private final DeviceClaims claims;
  private final Function<String, Optional<Command>> underWay;

  /**
   * @param underWay the command that is being carried out on a device, if one is
   */
  GateCases(
      GatePorts ports,
      GateSettings settings,
      AttemptBook book,
      DeviceClaims claims,
      Function<String, Optional<Command>> underWay) {
    this.ports = ports;
    this.settings = settings;
    this.book = book;
    this.claims = claims;
    this.underWay = underWay;
  }

  /**
   * The case of one command.
   *
   * @param earlier what became of an earlier command with the same id, in words
   * @param history when the target was written to, as far as its pace is to be judged
   */
  GateCase of(
      SignedCommand signed,
      boolean signatureValid,
      Optional<String> earlier,
      WriteHistory history) {
    Command command = signed.command();
    Optional<Channel> channel = ports.facility().channel(command.channel());
    return new GateCase(
        signed,
        signatureValid,
        earlier,
        ports.writing().get(),
        ports.operations().get(),
        channel.map(this::interlocksOf).orElse(List.of()),
        channel.flatMap(target -> underWayOn(target, command)),
        channel.flatMap(target -> heldBy(target, command)),
        history,
        mode(),
        approvedNs(command),
        settings.access(),
        ports.facility(),
        ports.plant(),
        ports.wallClock().nowNs(),
        ports.plantClock().nowNs());
  }

  /**
   * The same case by now, as far as that can be told on any thread: the plant's readings, tag-outs,
   * reservations and the mode. Who holds the device and how often it was written stays as it was.
   * Thread-safe.
   */
  GateCase later(GateCase given) {
    return given.later(
        ports.operations().get(), mode(), ports.wallClock().nowNs(), ports.plantClock().nowNs());
  }

  /** When each person last approved it, as the signed command says. */
  private static Map<String, Long> approvedNs(Command command) {
    Map<String, Long> latest = new HashMap<>();
    command.approvals().stream()
        .filter(consent -> consent.atNs() > 0)
        .forEach(consent -> latest.merge(consent.person(), consent.atNs(), Math::max));
    return latest;
  }

  /** The plant as it is, to assume writes in. */
  AssumedPlant assumedPlant() {
    return new AssumedPlant(ports.plant(), ports.facility());
  }

  /** When the target of a command and its device were written to. */
  WriteHistory history(Command command) {
    return ports
        .facility()
        .channel(command.channel())
        .map(channel -> book.history(channel, ports.facility()))
        .orElse(WriteHistory.NONE);
  }

  /**
   * The mode is what the newest reading of its channel shows, where a channel tells it, and only
   * while operations, which hears it from there, says the same: in between it has just changed.
   */
  private DetectorMode mode() {
    Optional<String> said = ports.operations().get().map(OperationsState::mode);
    if (settings.mode().isEmpty()) {
      return described(said, "operations has not said");
    }
    ChannelId channel = settings.mode().get();
    return switch (PlantRules.reading(
        ports.facility(), ports.plant(), ports.plantClock().nowNs(), channel)) {
      case PlantRules.Reading.Unusable unusable ->
          DetectorMode.unknown("its channel cannot be read: " + unusable.why());
      case PlantRules.Reading.Usable usable -> {
        String shown = usable.sample().value().display();
        yield said.equals(Optional.of(shown))
            ? described(said, "")
            : DetectorMode.unknown(
                channel
                    + " shows "
                    + shown
                    + " and operations says "
                    + said.orElse("nothing")
                    + "; while it changes neither counts");
      }
    };
  }

  private DetectorMode described(Optional<String> mode, String otherwise) {
    if (mode.isEmpty()) {
      return DetectorMode.unknown(otherwise);
    }
    return ports.facility().modes().contains(mode.get())
        ? DetectorMode.of(mode.get())
        : DetectorMode.unknown("the facility description has no mode " + mode.get());
  }

  private Optional<String> underWayOn(Channel target, Command own) {
    return underWay
        .apply(target.device())
        .filter(command -> !command.id().equals(own.id()))
        .map(
            command ->
                "command " + command.id() + ", which is being carried out; wait for its end");
  }

  private Optional<String> heldBy(Channel target, Command own) {
    Optional<String> unresolved =
        book.unresolvedOn(target.id()).stream()
            .findFirst()
            .map(
                open ->
                    "command "
                        + open.command().id()
                        + ", whose outcome is not known yet; wait until it is");
    return unresolved
        .or(
            () ->
                claims
                    .heldFromOthers(target.device(), own.proposal())
                    .map(
                        holder ->
                            "proposal " + holder + ", which is not finished; wait for its end"))
        .or(() -> claims.known() ? Optional.empty() : Optional.of(NOT_TOLD));
  }

  private List<ChannelId> interlocksOf(Channel target) {
    Facility facility = ports.facility();
    List<ChannelId> barring = new ArrayList<>();
    for (Channel channel : facility.channels().values()) {
      Set<String> subsystems = settings.interlocks().getOrDefault(channel.id(), Set.of());
      boolean named =
          subsystems.contains(target.subsystem()) || subsystems.contains(ALL_SUBSYSTEMS);
      boolean own =
          channel.id().value().startsWith(INTERLOCK_PREFIX)
              && channel.subsystem().equals(target.subsystem());
      if (named || own) {
        barring.add(channel.id());
      }
    }
    return barring;
  }
}
