package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.Evidence;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.ChannelId;

/** How findings and diagnoses look in JSON. Stateless. */
final class DiagnosisViews {
  private DiagnosisViews() {}

  static ObjectNode finding(Finding finding) {
    ObjectNode node = Json.object();
    node.put("id", finding.id().value());
    node.put("detector", finding.detector());
    node.put("title", finding.title());
    node.set("channels", Json.texts(finding.channels().stream().map(ChannelId::value).toList()));
    node.put("fromMs", Json.ms(finding.fromNs()));
    node.put("toMs", Json.ms(finding.toNs()));
    node.put("score", Json.number(finding.score()));
    node.put("pValue", Json.number(finding.pValue()));
    node.put("completeness", Json.number(finding.completeness()));
    node.set("evidence", Json.array(finding.evidence(), DiagnosisViews::evidence));
    node.put("active", finding.active());
    return node;
  }

  private static ObjectNode evidence(Evidence evidence) {
    ObjectNode node = Json.object();
    node.put("channel", evidence.channel().value());
    node.put("text", evidence.text());
    node.put("weight", Json.number(evidence.weight()));
    return node;
  }

  static ObjectNode diagnosis(Diagnosis diagnosis) {
    ObjectNode node = Json.object();
    node.put("id", diagnosis.id().value());
    node.put("finding", diagnosis.finding().value());
    node.put("atMs", Json.ms(diagnosis.atNs()));
    node.put("onsetMs", Json.ms(diagnosis.onsetNs()));
    node.set("causes", Json.array(diagnosis.causes(), DiagnosisViews::cause));
    node.set("discriminators", Json.texts(diagnosis.discriminators()));
    node.put("completeness", Json.number(diagnosis.completeness()));
    node.put("agreement", diagnosis.agreement().name());
    return node;
  }

  private static ObjectNode cause(Diagnosis.Cause cause) {
    ObjectNode node = Json.object();
    node.set("hypothesis", hypothesis(cause.hypothesis()));
    node.put("probability", Json.number(cause.probability()));
    node.set("speaksFor", Json.array(cause.speaksFor(), DiagnosisViews::evidence));
    node.set("speaksAgainst", Json.array(cause.speaksAgainst(), DiagnosisViews::evidence));
    return node;
  }

  private static ObjectNode hypothesis(Hypothesis hypothesis) {
    ObjectNode node = Json.object();
    switch (hypothesis) {
      case Hypothesis.PlantFault f ->
          node.put("type", "PLANT_FAULT").put("code", f.code()).put("device", f.device());
      case Hypothesis.External e -> node.put("type", "EXTERNAL").put("code", e.code());
      case Hypothesis.LyingSensor s ->
          node.put("type", "LYING_SENSOR").put("channel", s.channel().value());
      case Hypothesis.NoneOfThese n -> node.put("type", "NONE_OF_THESE");
      case Hypothesis.NothingWrong n -> node.put("type", "NOTHING_WRONG");
    }
    node.put("title", hypothesis.title());
    return node;
  }
}
