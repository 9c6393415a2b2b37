package org.orrery.bus.wire;

import com.google.protobuf.ByteString;
import org.orrery.bus.wire.proto.AlarmProto;
import org.orrery.bus.wire.proto.DiagnosisProto;
import org.orrery.bus.wire.proto.HistogramProto;
import org.orrery.bus.wire.proto.PutProto;
import org.orrery.bus.wire.proto.RecordProto;
import org.orrery.bus.wire.proto.SampleProto;
import org.orrery.contract.Bytes;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.audit.AuditRecord;
import org.orrery.contract.command.PutRecord;
import org.orrery.contract.data.DqmHistogram;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.sample.Sample;

/** Every record of the wire format with its codec. Stateless. */
public final class Wire {
  /** The schema version that is written today. */
  public static final int VERSION = 1;

  /** Samples; about 60 bytes for a number. */
  public static final WireCodec<Sample> SAMPLE =
      WireCodec.of(
          "sample",
          VERSION,
          SampleProto.Sample.parser(),
          SampleProto.Sample::getSchemaVersion,
          SampleWire::toWire,
          SampleWire::fromWire);

  /** Steps in the life of an alarm. */
  public static final WireCodec<AlarmTransition> ALARM_TRANSITION =
      WireCodec.of(
          "alarm transition",
          VERSION,
          AlarmProto.AlarmTransition.parser(),
          AlarmProto.AlarmTransition::getSchemaVersion,
          AlarmWire::toWire,
          AlarmWire::fromWire);

  /** Findings. */
  public static final WireCodec<Finding> FINDING =
      WireCodec.of(
          "finding",
          VERSION,
          DiagnosisProto.Finding.parser(),
          DiagnosisProto.Finding::getSchemaVersion,
          DiagnosisWire::toWire,
          DiagnosisWire::fromWire);

  /** Diagnoses. */
  public static final WireCodec<Diagnosis> DIAGNOSIS =
      WireCodec.of(
          "diagnosis",
          VERSION,
          DiagnosisProto.Diagnosis.parser(),
          DiagnosisProto.Diagnosis::getSchemaVersion,
          DiagnosisWire::toWire,
          DiagnosisWire::fromWire);

  /** Changes of proposals. */
  public static final WireCodec<ProposalNotice> PROPOSAL =
      WireCodec.of(
          "proposal",
          VERSION,
          RecordProto.ProposalRecord.parser(),
          RecordProto.ProposalRecord::getSchemaVersion,
          Wire::toWire,
          Wire::fromWire);

  /** Entries of the hash-chained record. */
  public static final WireCodec<AuditRecord> AUDIT =
      WireCodec.of(
          "audit",
          VERSION,
          RecordProto.AuditEntry.parser(),
          RecordProto.AuditEntry::getSchemaVersion,
          Wire::toWire,
          Wire::fromWire);

  /** Histograms of the detector's monitor. */
  public static final WireCodec<DqmHistogram> HISTOGRAM =
      WireCodec.of(
          "histogram",
          VERSION,
          HistogramProto.DqmHistogram.parser(),
          HistogramProto.DqmHistogram::getSchemaVersion,
          HistogramWire::toWire,
          HistogramWire::fromWire);

  /** Records of the put log. */
  public static final WireCodec<PutRecord> PUT =
      WireCodec.of(
          "put",
          VERSION,
          PutProto.Put.parser(),
          PutProto.Put::getSchemaVersion,
          PutWire::toWire,
          PutWire::fromWire);

  private Wire() {}

  private static RecordProto.ProposalRecord toWire(ProposalNotice notice) {
    return RecordProto.ProposalRecord.newBuilder()
        .setSchemaVersion(VERSION)
        .setProposal(notice.proposal().value())
        .setVersion(notice.version())
        .setState(notice.state())
        .setTitle(notice.title())
        .setPlanHash(bytes(notice.planHash()))
        .setAtNs(notice.atNs())
        .setContent(notice.content())
        .build();
  }

  private static ProposalNotice fromWire(RecordProto.ProposalRecord record) {
    return new ProposalNotice(
        new ProposalId(record.getProposal()),
        record.getVersion(),
        record.getState(),
        record.getTitle(),
        Bytes.of(record.getPlanHash().toByteArray()),
        record.getAtNs(),
        record.getContent());
  }

  private static RecordProto.AuditEntry toWire(AuditRecord entry) {
    return RecordProto.AuditEntry.newBuilder()
        .setSchemaVersion(VERSION)
        .setSequence(entry.sequence())
        .setAtNs(entry.atNs())
        .setActor(entry.actor())
        .setAction(entry.action())
        .setSubject(entry.subject())
        .setContent(entry.content())
        .setPreviousHash(bytes(entry.previousHash()))
        .setHash(bytes(entry.hash()))
        .build();
  }

  private static AuditRecord fromWire(RecordProto.AuditEntry entry) {
    return new AuditRecord(
        entry.getSequence(),
        entry.getAtNs(),
        entry.getActor(),
        entry.getAction(),
        entry.getSubject(),
        entry.getContent(),
        Bytes.of(entry.getPreviousHash().toByteArray()),
        Bytes.of(entry.getHash().toByteArray()));
  }

  private static ByteString bytes(Bytes content) {
    return ByteString.copyFrom(content.toArray());
  }
}
