package org.orrery.bus.wire;

import java.util.List;
import java.util.Optional;
import org.orrery.bus.wire.proto.CommonProto;
import org.orrery.bus.wire.proto.DiagnosisProto;
import org.orrery.contract.Provenance;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.DiagnosisId;
import org.orrery.contract.diagnosis.Evidence;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.twin.Agreement;

/** Findings and diagnoses on the wire. */
final class DiagnosisWire {
  private static final EnumBridge<Agreement, DiagnosisProto.Agreement> AGREEMENT =
      new EnumBridge<>("AGREEMENT_", Agreement.class, DiagnosisProto.Agreement.class);

  private DiagnosisWire() {}

  static DiagnosisProto.Finding toWire(Finding finding) {
    return DiagnosisProto.Finding.newBuilder()
        .setSchemaVersion(Wire.VERSION)
        .setId(finding.id().value())
        .setDetector(finding.detector())
        .setTitle(finding.title())
        .addAllChannels(finding.channels().stream().map(ChannelId::value).toList())
        .setFromNs(finding.fromNs())
        .setToNs(finding.toNs())
        .setScore(finding.score())
        .setPValue(finding.pValue())
        .setCompleteness(finding.completeness())
        .addAllEvidence(evidenceToWire(finding.evidence()))
        .setActive(finding.active())
        .setProvenance(toWire(finding.provenance()))
        .build();
  }

  static Finding fromWire(DiagnosisProto.Finding record) {
    return new Finding(
        new FindingId(record.getId()),
        record.getDetector(),
        record.getTitle(),
        record.getChannelsList().stream().map(ChannelId::new).toList(),
        record.getFromNs(),
        record.getToNs(),
        record.getScore(),
        record.getPValue(),
        record.getCompleteness(),
        evidenceFromWire(record.getEvidenceList()),
        record.getActive(),
        fromWire(record.getProvenance()));
  }

  static DiagnosisProto.Diagnosis toWire(Diagnosis diagnosis) {
    return DiagnosisProto.Diagnosis.newBuilder()
        .setSchemaVersion(Wire.VERSION)
        .setId(diagnosis.id().value())
        .setFinding(diagnosis.finding().value())
        .setAtNs(diagnosis.atNs())
        .setOnsetNs(diagnosis.onsetNs())
        .addAllCauses(diagnosis.causes().stream().map(DiagnosisWire::toWire).toList())
        .addAllDiscriminators(diagnosis.discriminators())
        .setCompleteness(diagnosis.completeness())
        .setAgreement(AGREEMENT.toWire(diagnosis.agreement()))
        .setProvenance(toWire(diagnosis.provenance()))
        .build();
  }

  static Diagnosis fromWire(DiagnosisProto.Diagnosis record) {
    return new Diagnosis(
        new DiagnosisId(record.getId()),
        new FindingId(record.getFinding()),
        record.getAtNs(),
        record.getOnsetNs(),
        record.getCausesList().stream().map(DiagnosisWire::fromWire).toList(),
        List.copyOf(record.getDiscriminatorsList()),
        record.getCompleteness(),
        AGREEMENT.fromWire(record.getAgreement()),
        fromWire(record.getProvenance()));
  }

  private static DiagnosisProto.Cause toWire(Diagnosis.Cause cause) {
    return DiagnosisProto.Cause.newBuilder()
        .setHypothesis(toWire(cause.hypothesis()))
        .setProbability(cause.probability())
        .addAllSpeaksFor(evidenceToWire(cause.speaksFor()))
        .addAllSpeaksAgainst(evidenceToWire(cause.speaksAgainst()))
        .build();
  }

  private static Diagnosis.Cause fromWire(DiagnosisProto.Cause record) {
    return new Diagnosis.Cause(
        fromWire(record.getHypothesis()),
        record.getProbability(),
        evidenceFromWire(record.getSpeaksForList()),
        evidenceFromWire(record.getSpeaksAgainstList()));
  }

  private static DiagnosisProto.Hypothesis toWire(Hypothesis hypothesis) {
    DiagnosisProto.Hypothesis.Builder builder = DiagnosisProto.Hypothesis.newBuilder();
    switch (hypothesis) {
      case Hypothesis.PlantFault(String code, String title, String device) ->
          builder.setPlantFault(
              DiagnosisProto.Hypothesis.PlantFault.newBuilder()
                  .setCode(code)
                  .setTitle(title)
                  .setDevice(device));
      case Hypothesis.External(String code, String title) ->
          builder.setExternal(
              DiagnosisProto.Hypothesis.External.newBuilder().setCode(code).setTitle(title));
      case Hypothesis.LyingSensor(ChannelId channel) ->
          builder.setLyingSensor(
              DiagnosisProto.Hypothesis.LyingSensor.newBuilder().setChannel(channel.value()));
      case Hypothesis.NoneOfThese n ->
          builder.setNoneOfThese(DiagnosisProto.Hypothesis.NoneOfThese.getDefaultInstance());
      case Hypothesis.NothingWrong n ->
          builder.setNothingWrong(DiagnosisProto.Hypothesis.NothingWrong.getDefaultInstance());
    }
    return builder.build();
  }

  private static Hypothesis fromWire(DiagnosisProto.Hypothesis record) {
    return switch (record.getWhatCase()) {
      case PLANT_FAULT ->
          new Hypothesis.PlantFault(
              record.getPlantFault().getCode(),
              record.getPlantFault().getTitle(),
              record.getPlantFault().getDevice());
      case EXTERNAL ->
          new Hypothesis.External(record.getExternal().getCode(), record.getExternal().getTitle());
      case LYING_SENSOR ->
          new Hypothesis.LyingSensor(new ChannelId(record.getLyingSensor().getChannel()));
      case NONE_OF_THESE -> new Hypothesis.NoneOfThese();
      case NOTHING_WRONG -> new Hypothesis.NothingWrong();
      case WHAT_NOT_SET ->
          throw new WireException(
              "a diagnosis carries a cause of a kind that is not known here; bring this Orrery up"
                  + " to date");
    };
  }

  private static List<CommonProto.Evidence> evidenceToWire(List<Evidence> evidence) {
    return evidence.stream()
        .map(
            e ->
                CommonProto.Evidence.newBuilder()
                    .setChannel(e.channel().value())
                    .setText(e.text())
                    .setWeightNats(e.weight())
                    .build())
        .toList();
  }

  private static List<Evidence> evidenceFromWire(List<CommonProto.Evidence> evidence) {
    return evidence.stream()
        .map(e -> new Evidence(new ChannelId(e.getChannel()), e.getText(), e.getWeightNats()))
        .toList();
  }

  private static CommonProto.Provenance toWire(Provenance provenance) {
    CommonProto.Provenance.Builder builder =
        CommonProto.Provenance.newBuilder()
            .setDataFromNs(provenance.dataFromNs())
            .setDataToNs(provenance.dataToNs())
            .setProducer(provenance.producer())
            .setVersion(provenance.version())
            .setSeed(provenance.seed())
            .setConfigHash(provenance.configHash());
    provenance.dataHash().ifPresent(builder::setDataHash);
    return builder.build();
  }

  private static Provenance fromWire(CommonProto.Provenance record) {
    return new Provenance(
        record.getDataFromNs(),
        record.getDataToNs(),
        record.hasDataHash() ? Optional.of(record.getDataHash()) : Optional.empty(),
        record.getProducer(),
        record.getVersion(),
        record.getSeed(),
        record.getConfigHash());
  }
}
