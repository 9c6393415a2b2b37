package org.orrery.bus.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.orrery.contract.Bytes;
import org.orrery.contract.Provenance;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmMirror;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.audit.AuditRecord;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.PutRecord;
import org.orrery.contract.data.DqmHistogram;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.DiagnosisId;
import org.orrery.contract.diagnosis.Evidence;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;

/**
 * What the golden files of schema version 1 hold. Never edited: a new version gets specimens of its
 * own.
 */
final class Specimens {
  /** A value with the codec of its record. */
  record Specimen<T>(WireCodec<T> codec, T value) {}

  private static final long T0 = 1_790_000_000_123_456_789L;
  private static final ChannelId FLOW = new ChannelId("purif.flow");
  private static final Provenance PROVENANCE =
      new Provenance(T0, T0 + 60, Optional.of("ab12"), "dqm.innovation", "0.1.0", -7, "c0ffee");

  private Specimens() {}

  static Map<String, Specimen<?>> all() {
    Map<String, Specimen<?>> all = new LinkedHashMap<>();
    all.put("sample-number", sample(Value.of(-180.25)));
    all.put("sample-not-a-number", sample(Value.of(Double.NaN)));
    all.put("sample-integer", sample(new Value.LongValue(Long.MIN_VALUE)));
    all.put("sample-text", sample(Value.of("Größe, 大きさ")));
    all.put("sample-choice", sample(new Value.ChoiceValue(3, "TRIPPED")));
    all.put("sample-array", sample(DoubleArrayValue.of(1, -2.5, Double.POSITIVE_INFINITY)));
    all.put(
        "sample-histogram",
        sample(new HistogramValue(DoubleArrayValue.of(0, 1, 2), DoubleArrayValue.of(10, 0.5))));
    all.put("alarm-transition", new Specimen<>(Wire.ALARM_TRANSITION, transition()));
    all.put("alarm-mirrored", new Specimen<>(Wire.ALARM_TRANSITION, mirrored()));
    all.put("finding", new Specimen<>(Wire.FINDING, finding()));
    all.put("diagnosis", new Specimen<>(Wire.DIAGNOSIS, diagnosis()));
    all.put("proposal", new Specimen<>(Wire.PROPOSAL, proposal()));
    all.put("audit", new Specimen<>(Wire.AUDIT, audit()));
    all.put(
        "histogram",
        new Specimen<>(Wire.HISTOGRAM, histogram(Optional.empty(), DoubleArrayValue.of(3, 0))));
    all.put(
        "histogram-map",
        new Specimen<>(
            Wire.HISTOGRAM,
            histogram(
                Optional.of(DoubleArrayValue.of(0, 5, 10)), DoubleArrayValue.of(1, 2, 3, 4))));
    all.put("put-confirmed", new Specimen<>(Wire.PUT, confirmedPut()));
    all.put("put-refused", new Specimen<>(Wire.PUT, refusedPut()));
    return all;
  }

  private static PutRecord confirmedPut() {
    return new PutRecord(
        41,
        new CommandId("c-1"),
        new ProposalId("p-1"),
        2,
        new ChannelId("purif.pump-b.speed-set"),
        "Hz",
        Optional.of(Value.of(40.0)),
        Value.of(50.0),
        "orrery",
        List.of("anna", "bert"),
        T0,
        OptionalLong.of(T0 + 5),
        T0 + 9,
        PutRecord.Stand.CONFIRMED,
        Optional.empty(),
        "",
        Optional.of(Value.of(49.99)));
  }

  private static PutRecord refusedPut() {
    return new PutRecord(
        1L << 40,
        new CommandId("c-2"),
        new ProposalId("p-1"),
        0,
        new ChannelId("purif.pump-b.enable"),
        "",
        Optional.empty(),
        new Value.ChoiceValue(1, "ON"),
        "vera",
        List.of(),
        T0,
        OptionalLong.empty(),
        T0 + 1,
        PutRecord.Stand.REFUSED,
        Optional.of(Reason.TAGGED_OUT),
        "pump-b is tagged out by otto (Lager läuft heiß)",
        Optional.empty());
  }

  private static Specimen<Sample> sample(Value value) {
    return new Specimen<>(
        Wire.SAMPLE,
        new Sample(
            FLOW, value, Severity.MAJOR, "LOLO", T0, T0 + 1_500, Quality.STALE, 3, 1L << 40));
  }

  private static DqmHistogram histogram(
      Optional<DoubleArrayValue> yEdges, DoubleArrayValue contents) {
    return new DqmHistogram(
        "dqm.femb07.rms.u",
        T0,
        T0 + 300_000_000_000L,
        "us",
        DoubleArrayValue.of(-1, 0.5, 1_600),
        yEdges,
        contents,
        299.5,
        5_001,
        "c0ffee",
        1);
  }

  private static AlarmTransition transition() {
    Alarm alarm =
        new Alarm(
            new AlarmKey(FLOW, AlarmKey.Kind.LIMIT),
            AlarmState.ACKNOWLEDGED,
            Severity.MAJOR,
            "0.02 kg/s is below 1.00 kg/s",
            T0,
            T0 + 5,
            Optional.of("vera"),
            AlarmSettings.Priority.HIGH,
            "Start the standby pump.",
            true);
    return new AlarmTransition(AlarmState.UNACKNOWLEDGED, alarm, T0 + 5, "vera");
  }

  private static AlarmTransition mirrored() {
    Alarm alarm =
        new Alarm(
            new AlarmKey(FLOW, AlarmKey.Kind.MIRRORED),
            AlarmState.UNACKNOWLEDGED,
            Severity.MAJOR,
            "MAJOR LOLO (0.02)",
            T0,
            T0 + 5,
            Optional.empty(),
            AlarmSettings.Priority.HIGH,
            "Start the standby pump.",
            false,
            Optional.of(
                new AlarmMirror("Phoebus", true, Optional.of("vera"), "/Detector/Pumps/FLOW")));
    return new AlarmTransition(AlarmState.NORMAL, alarm, T0 + 5, "Phoebus");
  }

  private static Finding finding() {
    return new Finding(
        new FindingId("f-1"),
        "dqm.innovation",
        "Flow is far below what the twin expects",
        List.of(FLOW, new ChannelId("purif.pump-a.current")),
        T0 - 30,
        T0,
        41.5,
        1e-9,
        0.93,
        List.of(new Evidence(FLOW, "0.02 kg/s, twin expects 1.64 to 1.70", 12.5)),
        true,
        PROVENANCE);
  }

  private static Diagnosis diagnosis() {
    List<Evidence> speaksFor = List.of(new Evidence(FLOW, "flow fell within 40 s", 9.5));
    return new Diagnosis(
        new DiagnosisId("d-1"),
        new FindingId("f-1"),
        T0,
        T0 - 60,
        List.of(
            new Diagnosis.Cause(
                new Hypothesis.PlantFault("F5", "recirculation pump stopped", "pump-a"),
                0.9,
                speaksFor,
                List.of()),
            new Diagnosis.Cause(
                new Hypothesis.External("F10", "weather"), 0.04, List.of(), speaksFor),
            new Diagnosis.Cause(new Hypothesis.LyingSensor(FLOW), 0.03, List.of(), List.of()),
            new Diagnosis.Cause(new Hypothesis.NoneOfThese(), 0.02, List.of(), List.of()),
            new Diagnosis.Cause(new Hypothesis.NothingWrong(), 0.01, List.of(), List.of())),
        List.of("pump current would tell"),
        1.0,
        Agreement.DOUBTS,
        new Provenance(T0, T0, Optional.empty(), "twin", "0.1.0", 0, ""));
  }

  private static ProposalNotice proposal() {
    return new ProposalNotice(
        new ProposalId("p-1"),
        4,
        "AwaitingApproval",
        "Start standby pump",
        Bytes.ofHex("00ff10"),
        T0,
        "{\"steps\":3}");
  }

  private static AuditRecord audit() {
    return AuditRecord.following(
        1, T0, "vera", "proposal.approved", "p-1", "{}", AuditRecord.GENESIS);
  }
}
