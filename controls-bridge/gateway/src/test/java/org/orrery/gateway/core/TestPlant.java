package org.orrery.gateway.core;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.orrery.contract.Bytes;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.DeviceGroup;
import org.orrery.contract.facility.DeviceLimits;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.facility.Writable.SafeDirection;
import org.orrery.contract.facility.WriteBudget;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;

/** A small facility, commands on it, and a key that signs them. */
public final class TestPlant {
  public static final ChannelId SPEED = new ChannelId("purif.pump-b.speed-set");
  public static final ChannelId ENABLE = new ChannelId("purif.pump-b.enable");
  public static final ChannelId RESET = new ChannelId("purif.pump-b.reset");
  public static final ChannelId REMOTE = new ChannelId("purif.pump-b.remote");
  public static final ChannelId FLOW = new ChannelId("purif.flow");

  /** Is read by its source every ten seconds. */
  public static final ChannelId HEATER = new ChannelId("purif.heater.power-set");

  /** Tells the detector mode every ten seconds. */
  public static final ChannelId MODE = new ChannelId("daq.mode");

  public static final ChannelId INTERLOCK = new ChannelId("interlock.purif");
  public static final List<String> OFF_ON = List.of("OFF", "ON");
  public static final List<String> IDLE_RESET = List.of("IDLE", "RESET");
  public static final List<String> LOCAL_REMOTE = List.of("LOCAL", "REMOTE");
  public static final List<String> MODES = List.of("STANDBY", "PHYSICS");
  public static final List<String> OK_TRIPPED = List.of("OK", "TRIPPED");
  public static final long SECOND = 1_000_000_000L;

  /** Nobody listened before it. */
  static final GatewayLife FIRST_LIFE = new GatewayLife(0, OptionalLong.empty());

  public static final KeyPair KEYS = keys();

  /** Shown by another PV than it is written to. */
  static final ChannelId FIELD = new ChannelId("field.volts-set");

  static final ChannelId FIELD_SHOWN = new ChannelId("field.volts");

  private TestPlant() {}

  public static Facility facility() {
    Map<ChannelId, Channel> channels = new LinkedHashMap<>();
    put(channels, number(SPEED, "Hz", "pump-b", 0, Optional.of(speedRules())));
    put(channels, choice(ENABLE, OFF_ON, "pump-b", Optional.of(choiceRules("OFF", false))));
    put(channels, choice(RESET, IDLE_RESET, "pump-b", Optional.of(choiceRules("IDLE", true))));
    put(channels, choice(REMOTE, LOCAL_REMOTE, "pump-b", Optional.empty()));
    put(channels, number(FLOW, "kg/s", "loop", SECOND, Optional.empty()));
    put(channels, number(HEATER, "W", "heater", 10 * SECOND, Optional.of(speedRules())));
    put(channels, choice(INTERLOCK, OK_TRIPPED, "loop", Optional.empty()));
    return new Facility(
        "test",
        "Test",
        "UTC",
        true,
        MODES,
        List.of(),
        channels,
        Map.of(
            "heater", new DeviceLimits("heater", 0, Optional.of(new WriteBudget(3, 600 * SECOND)))),
        Map.of(
            "circulation",
            new DeviceGroup(
                "circulation", "Circulation", List.of("pump-b", "heater"), Set.of("PHYSICS"))));
  }

  /** The same with a channel that tells the detector mode, and a field that is shown elsewhere. */
  static Facility tellingMode() {
    Facility plant = facility();
    Map<ChannelId, Channel> channels = new LinkedHashMap<>(plant.channels());
    put(channels, choice(MODE, MODES, "daq", 10 * SECOND, Optional.empty()));
    put(channels, number(FIELD, "kV", "field", 0, Optional.of(fieldRules())));
    put(channels, number(FIELD_SHOWN, "kV", "field", 0, Optional.empty()));
    return new Facility(
        plant.name(),
        plant.title(),
        plant.zone(),
        plant.simulated(),
        plant.modes(),
        plant.subsystems(),
        channels,
        plant.deviceLimits(),
        plant.groups());
  }

  /** Nobody holds control, nothing is tagged out or reserved. */
  public static OperationsState inPhysics() {
    return new OperationsState("PHYSICS", Optional.empty(), Optional.empty(), List.of());
  }

  public static Writable speedRules() {
    return new Writable(
        0,
        60,
        OptionalDouble.of(30),
        5 * SECOND,
        Optional.empty(),
        0.1,
        SafeDirection.DOWN,
        List.of(),
        Optional.of(REMOTE),
        false);
  }

  private static Writable fieldRules() {
    return new Writable(
        0,
        60,
        OptionalDouble.empty(),
        0,
        Optional.of(FIELD_SHOWN),
        0.1,
        SafeDirection.DOWN,
        List.of(),
        Optional.empty(),
        false);
  }

  private static Writable choiceRules(String safe, boolean momentary) {
    return new Writable(
        0,
        0,
        OptionalDouble.empty(),
        0,
        Optional.empty(),
        0,
        SafeDirection.NONE,
        List.of(safe),
        Optional.of(REMOTE),
        momentary);
  }

  private static void put(Map<ChannelId, Channel> channels, Channel channel) {
    channels.put(channel.id(), channel);
  }

  static Channel number(
      ChannelId id, String unit, String device, long cadenceNs, Optional<Writable> writable) {
    return new Channel(
        id,
        pv(id),
        ValueKind.DOUBLE,
        unit,
        unit,
        "purification",
        device,
        "",
        List.of(),
        cadenceNs,
        0,
        AlarmSettings.NONE,
        writable,
        List.of());
  }

  static Channel choice(
      ChannelId id, List<String> choices, String device, Optional<Writable> writable) {
    return choice(id, choices, device, 0, writable);
  }

  private static Channel choice(
      ChannelId id,
      List<String> choices,
      String device,
      long cadenceNs,
      Optional<Writable> writable) {
    return new Channel(
        id,
        pv(id),
        ValueKind.CHOICE,
        "",
        "",
        "purification",
        device,
        "",
        choices,
        cadenceNs,
        0,
        AlarmSettings.NONE,
        writable,
        List.of());
  }

  public static String pv(ChannelId id) {
    return "T:" + id.value().toUpperCase(java.util.Locale.ROOT).replace('.', ':').replace('-', '_');
  }

  public static Value label(List<String> choices, String label) {
    return new Value.ChoiceValue(choices.indexOf(label), label);
  }

  /** A command that writes the pump's speed. */
  public static Command speed(String id, double hertz, long wallNs) {
    return command(id, SPEED, Value.of(hertz), "Hz", wallNs, List.of());
  }

  public static Command command(
      String id,
      ChannelId channel,
      Value value,
      String unit,
      long wallNs,
      List<Precondition> preconditions) {
    return new Command(
        new CommandId(id),
        new ProposalId("p-1"),
        Bytes.of(new byte[] {1, 2, 3}),
        0,
        channel,
        value,
        unit,
        preconditions,
        wallNs,
        wallNs + 120 * SECOND,
        5 * SECOND,
        "orrery",
        List.of("expert-1"));
  }

  public static SignedCommand sign(Command command) {
    return sign(command, KEYS);
  }

  public static SignedCommand sign(Command command, KeyPair keys) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(keys.getPrivate());
      signature.update(command.canonicalBytes().toArray());
      return new SignedCommand(command, Bytes.of(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Bytes publicKey() {
    return Bytes.of(KEYS.getPublic().getEncoded());
  }

  public static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
