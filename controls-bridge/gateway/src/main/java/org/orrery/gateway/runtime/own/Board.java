package org.orrery.gateway.runtime.own;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.Range;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvState;
import org.orrery.gateway.core.own.OwnNames;

/** Makes PVs, each on every server. Confined to the gateway's context. */
final class Board {
  private final List<PvServer> servers;
  private final String prefix;
  private final PlantClock clock;

  /**
   * @param servers every one serves every PV
   * @param prefix what all names begin with, before the colon
   */
  Board(List<PvServer> servers, String prefix, PlantClock clock) {
    this.servers = List.copyOf(servers);
    this.prefix = prefix;
    this.clock = clock;
  }

  /** A whole number that counts something. */
  Shown count(String description, String... name) {
    return readOnly(
        plain(ValueKind.LONG, "", description, Range.NONE), new Value.LongValue(0), name);
  }

  /**
   * A whole number that may grow beyond the 32 bits of Channel Access, so it is served as a DOUBLE,
   * which holds it exactly up to 2^53.
   */
  Shown total(String description, String... name) {
    return readOnly(plain(ValueKind.DOUBLE, "", description, Range.NONE), Value.of(0.0), name);
  }

  /** A number, NaN and INVALID until it is shown. */
  Shown number(String unit, String description, Range display, Limits limits, String... name) {
    PvMetadata metadata =
        new PvMetadata(ValueKind.DOUBLE, unit, description, display, Range.NONE, limits, List.of());
    Shown shown = readOnly(metadata, Value.of(Double.NaN), name);
    shown.invalidate("not known yet");
    return shown;
  }

  /** A line of text. */
  Shown text(String description, String... name) {
    return readOnly(plain(ValueKind.TEXT, "", description, Range.NONE), Value.of(""), name);
  }

  /** One of some words, the first of them until it is shown. */
  Shown choice(String description, List<String> choices, String... name) {
    return readOnly(
        choices(description, choices), new Value.ChoiceValue(0, choices.getFirst()), name);
  }

  /** The same, and somebody decides about puts. */
  Shown writableChoice(
      String description,
      List<String> choices,
      Function<Value, CompletionStage<PutDecision>> puts,
      String... name) {
    PvDefinition definition =
        PvDefinition.writable(fullName(name), choices(description, choices), puts::apply);
    return create(definition, new Value.ChoiceValue(0, choices.getFirst()));
  }

  private static PvMetadata choices(String description, List<String> choices) {
    return new PvMetadata(
        ValueKind.CHOICE, "", description, Range.NONE, Range.NONE, Limits.NONE, choices);
  }

  private static PvMetadata plain(ValueKind kind, String unit, String description, Range display) {
    return new PvMetadata(
        kind, unit, description, display, Range.NONE, Limits.NONE, List.of(), Optional.empty());
  }

  private Shown readOnly(PvMetadata metadata, Value initial, String... name) {
    return create(PvDefinition.readOnly(fullName(name), metadata), initial);
  }

  private String fullName(String... name) {
    return prefix + ":" + OwnNames.of(name);
  }

  private Shown create(PvDefinition definition, Value initial) {
    PvState state = PvState.normal(initial, clock.nowNs());
    return new Shown(
        servers.stream().map(server -> server.create(definition, state)).toList(), clock, state);
  }
}
