package org.orrery.server.runtime;

import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.proposal.ProposalId;

/**
 * Reads what a request says; what cannot be understood is a {@link Json.BadRequestException}.
 * Stateless.
 */
final class Parameters {
  private Parameters() {}

  static ChannelId channel(Facility facility, String text) {
    ChannelId id = id(text);
    if (facility.channel(id).isEmpty()) {
      throw new Json.BadRequestException(
          "channel '" + text + "' is not described; see /api/v1/facility");
    }
    return id;
  }

  private static ChannelId id(String text) {
    try {
      return new ChannelId(text);
    } catch (IllegalArgumentException e) {
      throw new Json.BadRequestException(String.valueOf(e.getMessage()));
    }
  }

  /** Names an alarm; what another alarm system keeps need not be a channel of the facility. */
  static AlarmKey alarm(Facility facility, String channel, String kind) {
    AlarmKey.Kind what = kind(kind);
    return new AlarmKey(
        what == AlarmKey.Kind.MIRRORED ? id(channel) : channel(facility, channel), what);
  }

  static AlarmKey.Kind kind(String text) {
    for (AlarmKey.Kind kind : AlarmKey.Kind.values()) {
      if (kind.name().equals(text)) {
        return kind;
      }
    }
    throw new Json.BadRequestException(
        "'kind' must be one of " + Arrays.toString(AlarmKey.Kind.values()));
  }

  static ProposalId proposalId(RoutingContext c) {
    try {
      return new ProposalId(pathParam(c, "id"));
    } catch (IllegalArgumentException e) {
      throw new Json.BadRequestException(String.valueOf(e.getMessage()));
    }
  }

  static String param(RoutingContext c, String name) {
    String value = c.request().getParam(name);
    if (value == null || value.isBlank()) {
      throw new Json.BadRequestException("the parameter '" + name + "' is missing");
    }
    return value;
  }

  static String pathParam(RoutingContext c, String name) {
    String value = c.pathParam(name);
    if (value == null) {
      throw new Json.BadRequestException("the address lacks '" + name + "'");
    }
    return value;
  }

  static double number(RoutingContext c, String name) {
    try {
      return Double.parseDouble(param(c, name));
    } catch (NumberFormatException e) {
      throw new Json.BadRequestException("the parameter '" + name + "' must be a number");
    }
  }

  static double numberOr(RoutingContext c, String name, double standard) {
    return c.request().getParam(name) == null ? standard : number(c, name);
  }
}
