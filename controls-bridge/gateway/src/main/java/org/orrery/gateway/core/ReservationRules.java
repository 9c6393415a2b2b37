package org.orrery.gateway.core;

import static org.orrery.gateway.core.GateRules.refused;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.operations.DeviceLock;
import org.orrery.contract.operations.TagOut;
import org.orrery.gateway.core.GateVerdict.Refused;

/**
 * Those rules of the gate that ask whether somebody works on the device or has reserved it, by
 * itself or with its group. Pure and stateless.
 */
final class ReservationRules {
  private static final double NS_PER_MINUTE = 6e10;

  private ReservationRules() {}

  /** Bars writes towards safety as well: somebody may have their hands in the device. */
  static Optional<Refused> taggedOut(GateCase given, Channel channel) {
    if (given.operations().isEmpty()) {
      return Optional.of(
          refused(
              Reason.TAGGED_OUT,
              "whether "
                  + channel.device()
                  + " is tagged out is not known: operations has not reported since the"
                  + " gateway started; look at that room"));
    }
    return given.operations().get().tagOuts().stream()
        .filter(tag -> tag.bars(channel.device(), given.facility()))
        .findFirst()
        .map(tag -> refused(Reason.TAGGED_OUT, words(tag, channel, given.facility())));
  }

  private static String words(TagOut tag, Channel channel, Facility facility) {
    String by = " is tagged out by " + tag.owner() + " (" + tag.reason() + ")";
    String lifting = "; only " + tag.owner() + " lifts it";
    if (covers(facility, tag.device(), channel.device())) {
      return named(channel, tag.device()) + by + lifting;
    }
    List<String> unknown = tag.unknown(facility);
    return unknown.isEmpty()
        ? channel.device() + ", to which " + tag.device() + " referred then," + by + lifting
        : String.join(", ", unknown)
            + by
            + ", and the facility description does not have that any more, so it may be "
            + channel.device()
            + lifting
            + ", or put the name back";
  }

  /**
   * A reservation that has expired bars nothing, whether or not operations has said so yet. Its
   * owner agrees by an approval since: who reserves a device after having approved a plan may have
   * something else in mind, or have forgotten the plan.
   */
  static Optional<Refused> locked(GateCase given, Channel channel) {
    for (DeviceLock lock : given.operations().orElseThrow().locks()) {
      if (!agreed(given, lock)
          && lock.untilNs() > given.wallNs()
          && covers(given.facility(), lock.device(), channel.device())) {
        return Optional.of(
            refused(
                Reason.LOCKED,
                named(channel, lock.device())
                    + " is reserved by "
                    + lock.owner()
                    + " ("
                    + lock.reason()
                    + ") for another "
                    + Math.max(1, Math.round((lock.untilNs() - given.wallNs()) / NS_PER_MINUTE))
                    + " min; "
                    + (given.command().approvedBy().contains(lock.owner())
                        ? "they approved this before they reserved it, so ask them to give it back"
                        : "ask them to give it back or to approve this themselves")));
      }
    }
    return Optional.empty();
  }

  private static boolean agreed(GateCase given, DeviceLock lock) {
    Command command = given.command();
    @Nullable Long approvedNs = given.approvedNs().get(lock.owner());
    return command.askedBy().equals(lock.owner())
        || command.approvedBy().contains(lock.owner())
            && approvedNs != null
            && approvedNs >= lock.sinceNs();
  }

  private static boolean covers(Facility facility, String named, String device) {
    return facility.devicesOf(named).contains(device);
  }

  private static String named(Channel channel, String named) {
    return named.equals(channel.device())
        ? channel.device()
        : "group " + named + ", to which " + channel.device() + " belongs,";
  }
}
