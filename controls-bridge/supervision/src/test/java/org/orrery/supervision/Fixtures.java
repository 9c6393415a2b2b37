package org.orrery.supervision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.orrery.contract.Person;
import org.orrery.contract.Person.Role;
import org.orrery.contract.Provenance;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.command.Precondition.Condition;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.DiagnosisId;
import org.orrery.contract.diagnosis.Evidence;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.VerificationLimit;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;

/** A small facility, its readings, and plans on it. */
public final class Fixtures {
  public static final long SECOND_NS = 1_000_000_000L;
  public static final long MINUTE_NS = 60 * SECOND_NS;
  public static final ChannelId FLOW = new ChannelId("purif.flow");
  public static final ChannelId PUMP_A = new ChannelId("purif.pump-a.enable");
  public static final ChannelId PUMP_B = new ChannelId("purif.pump-b.enable");
  public static final ChannelId SPEED_B = new ChannelId("purif.pump-b.speed-set");
  public static final Person ANNA = new Person("anna", Set.of(Role.SHIFTER, Role.EXPERT));
  public static final Person BERT = new Person("bert", Set.of(Role.EXPERT));
  public static final Person SAM = new Person("sam", Set.of(Role.SHIFTER));

  private static final List<String> OFF_ON = List.of("OFF", "ON");
  private static final List<String> LOCAL_REMOTE = List.of("LOCAL", "REMOTE");

  private Fixtures() {}

  public static Facility facility() {
    Map<ChannelId, Channel> channels = new LinkedHashMap<>();
    List<Channel> all = new ArrayList<>();
    for (String pump : List.of("a", "b")) {
      String p = "purif.pump-" + pump + ".";
      all.add(choice(p + "enable", OFF_ON, true));
      all.add(number(p + "speed-set", "Hz", 0, true));
      all.add(number(p + "speed", "Hz", SECOND_NS, false));
      all.add(number(p + "current", "A", SECOND_NS, false));
      all.add(choice(p + "remote", LOCAL_REMOTE, false));
    }
    all.add(number("purif.flow", "kg/s", SECOND_NS, false));
    all.add(choice("purif.filter.select", List.of("A", "B"), true));
    all.add(number("hv.cathode.voltage-set", "kV", 0, true));
    all.add(number("hv.cathode.ramp-set", "V/s", 0, true));
    all.add(choice("hv.cathode.enable", OFF_ON, true));
    all.add(choice("hv.cathode.reset", List.of("IDLE", "RESET"), true));
    all.add(number("hv.cathode.voltage", "kV", SECOND_NS, false));
    all.add(choice("hv.cathode.state", List.of("OFF", "ON", "RAMPING", "TRIPPED"), false));
    all.add(choice("hv.cathode.remote", LOCAL_REMOTE, false));
    all.add(number("hv.groundplane.gp06", "nA", SECOND_NS, false));
    all.add(choice("interlock.hv-level", List.of("OK", "TRIPPED"), false));
    all.add(number("cryo.pressure.absolute", "mbar", SECOND_NS, false));
    all.forEach(channel -> channels.put(channel.id(), channel));
    return new Facility(
        "test",
        "A small facility",
        "UTC",
        true,
        List.of("PHYSICS"),
        List.of(
            new Facility.Subsystem("purif", "Purification", "cryo on call", List.of(FLOW)),
            new Facility.Subsystem("hv", "High voltage", "HV on call", List.of())),
        channels);
  }

  private static Channel number(String id, String unit, long cadenceNs, boolean writable) {
    return channel(id, ValueKind.DOUBLE, unit, List.of(), cadenceNs, writable);
  }

  private static Channel choice(String id, List<String> choices, boolean writable) {
    return channel(id, ValueKind.CHOICE, "", choices, 0, writable);
  }

  private static Channel channel(
      String id,
      ValueKind kind,
      String unit,
      List<String> choices,
      long cadenceNs,
      boolean writable) {
    return new Channel(
        new ChannelId(id),
        "LAR:" + id,
        kind,
        unit,
        unit,
        id.substring(0, id.indexOf('.')),
        id.substring(0, id.lastIndexOf('.')),
        id,
        choices,
        cadenceNs,
        0,
        AlarmSettings.NONE,
        writable
            ? Optional.of(
                new Writable(
                    -1000,
                    1000,
                    OptionalDouble.empty(),
                    0,
                    Optional.empty(),
                    0.1,
                    Writable.SafeDirection.NONE,
                    List.of(),
                    Optional.empty(),
                    false))
            : Optional.empty(),
        List.of());
  }

  public static Sample sample(ChannelId channel, double value, long atNs) {
    return sample(channel, Value.of(value), atNs);
  }

  public static Sample sample(ChannelId channel, Value value, long atNs) {
    return new Sample(channel, value, Severity.NONE, "", atNs, atNs, Quality.GOOD, 0, atNs);
  }

  /** A reading by name: a number, or the label of a choice of the facility. */
  public static Sample reading(String channel, String shown, long atNs) {
    ChannelId id = new ChannelId(channel);
    Channel described = facility().channel(id).orElseThrow();
    return sample(
        id,
        described.kind() == ValueKind.CHOICE
            ? new Value.ChoiceValue(described.choices().indexOf(shown), shown)
            : Value.of(Double.parseDouble(shown)),
        atNs);
  }

  /** All channels as they are after pump A has stopped. */
  public static List<Sample> pumpAStopped(long atNs) {
    List<Sample> samples = new ArrayList<>();
    String[][] shown = {
      {"purif.pump-a.enable", "ON"},
      {"purif.pump-a.speed-set", "50"},
      {"purif.pump-a.speed", "0.0"},
      {"purif.pump-a.current", "0.01"},
      {"purif.pump-a.remote", "REMOTE"},
      {"purif.pump-b.enable", "OFF"},
      {"purif.pump-b.speed-set", "50"},
      {"purif.pump-b.speed", "0"},
      {"purif.pump-b.current", "0.0"},
      {"purif.pump-b.remote", "REMOTE"},
      {"purif.flow", "0.001"},
      {"purif.filter.select", "A"},
      {"hv.cathode.voltage-set", "-180"},
      {"hv.cathode.ramp-set", "60"},
      {"hv.cathode.enable", "ON"},
      {"hv.cathode.reset", "IDLE"},
      {"hv.cathode.voltage", "-179.6"},
      {"hv.cathode.state", "ON"},
      {"hv.cathode.remote", "REMOTE"},
      {"hv.groundplane.gp06", "0.4"},
      {"interlock.hv-level", "OK"},
      {"cryo.pressure.absolute", "1100"},
    };
    for (String[] each : shown) {
      samples.add(reading(each[0], each[1], atNs));
    }
    return samples;
  }

  public static Hypothesis.PlantFault pumpFault() {
    return new Hypothesis.PlantFault("F5", "recirculation pump A stopped", "purif.pump-a");
  }

  public static Diagnosis diagnosis(Hypothesis leading, double probability, long atNs) {
    return diagnosis("finding-1", leading, probability, atNs, Agreement.AGREES);
  }

  public static Diagnosis diagnosis(
      String finding, Hypothesis leading, double probability, long atNs, Agreement agreement) {
    return new Diagnosis(
        new DiagnosisId("diagnosis-" + finding),
        new FindingId(finding),
        atNs,
        atNs - MINUTE_NS,
        List.of(
            new Diagnosis.Cause(
                leading,
                probability,
                List.of(new Evidence(FLOW, "flow fell from 1.67 to 0.00 kg/s", 12.5)),
                List.of()),
            new Diagnosis.Cause(
                new Hypothesis.NoneOfThese(), 1 - probability, List.of(), List.of())),
        List.of("look at the valve"),
        0.97,
        agreement,
        Provenance.live(0, atNs, "twin", "1", 7, "abc"));
  }

  /** Two steps on pumps A and B, both with undo, both verified by a channel. */
  public static Plan plan(RiskClass risk, long expiresAtNs) {
    return plan(Optional.empty(), risk, expiresAtNs);
  }

  /** The same, as a person asked for it. */
  public static Plan plan(Optional<String> asker, RiskClass risk, long expiresAtNs) {
    return new Plan(
        new ProposalId("p-1"),
        "test/1",
        "Two steps",
        "because",
        Optional.empty(),
        asker,
        risk,
        List.of(new Precondition(FLOW, new Condition.Within(-1, 0.5), MINUTE_NS, "nothing flows")),
        List.of(step("first", PUMP_A, "OFF", "ON"), step("second", PUMP_B, "ON", "OFF")),
        expiresAtNs,
        "cryo on call");
  }

  private static Step step(String title, ChannelId channel, String label, String undo) {
    return new Step(
        title,
        channel,
        new Value.ChoiceValue(OFF_ON.indexOf(label), label),
        "",
        List.of(),
        List.of(new VerificationLimit(FLOW, -1, 3, "kg/s", MINUTE_NS, 10 * SECOND_NS)),
        "it stands",
        Optional.of(
            new Step.Undo(
                new Value.ChoiceValue(OFF_ON.indexOf(undo), undo), List.of(), "as it was")),
        5 * SECOND_NS);
  }

  public static Proposal draft(Plan plan, long nowNs) {
    return new Proposal(
        plan.proposal(),
        1,
        plan,
        Optional.empty(),
        Optional.empty(),
        new ProposalState.Draft(nowNs),
        List.of(),
        nowNs);
  }
}
