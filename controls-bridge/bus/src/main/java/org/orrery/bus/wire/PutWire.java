package org.orrery.bus.wire;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.orrery.bus.wire.proto.PutProto;
import org.orrery.bus.wire.proto.SampleProto;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.PutRecord;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;

/** Records of the put log on the wire. */
final class PutWire {
  private static final EnumBridge<PutRecord.Stand, PutProto.Stand> STAND =
      new EnumBridge<>("STAND_", PutRecord.Stand.class, PutProto.Stand.class);

  private PutWire() {}

  static PutProto.Put toWire(PutRecord put) {
    PutProto.Put.Builder builder =
        PutProto.Put.newBuilder()
            .setSchemaVersion(Wire.VERSION)
            .setSequence(put.sequence())
            .setCommand(put.command().value())
            .setProposal(put.proposal().value())
            .setStepIndex(put.stepIndex())
            .setChannel(put.channel().value())
            .setUnit(put.unit())
            .setValue(toWire(put.value()))
            .setAskedBy(put.askedBy())
            .addAllApprovedBy(put.approvedBy())
            .setIssuedAtNs(put.issuedAtNs())
            .setAtNs(put.atNs())
            .setStand(STAND.toWire(put.stand()))
            .setDetail(put.detail());
    put.before().ifPresent(value -> builder.setBefore(toWire(value)));
    put.attemptedAtNs().ifPresent(builder::setAttemptedAtNs);
    put.reason().ifPresent(reason -> builder.setReason(reason.name()));
    put.readback().ifPresent(value -> builder.setReadback(toWire(value)));
    return builder.build();
  }

  static PutRecord fromWire(PutProto.Put put) {
    return new PutRecord(
        put.getSequence(),
        new CommandId(put.getCommand()),
        new ProposalId(put.getProposal()),
        put.getStepIndex(),
        new ChannelId(put.getChannel()),
        put.getUnit(),
        put.hasBefore() ? Optional.of(fromWire(put.getBefore())) : Optional.empty(),
        fromWire(put.getValue()),
        put.getAskedBy(),
        put.getApprovedByList(),
        put.getIssuedAtNs(),
        put.hasAttemptedAtNs() ? OptionalLong.of(put.getAttemptedAtNs()) : OptionalLong.empty(),
        put.getAtNs(),
        STAND.fromWire(put.getStand()),
        put.hasReason() ? Optional.of(Reason.valueOf(put.getReason())) : Optional.empty(),
        put.getDetail(),
        put.hasReadback() ? Optional.of(fromWire(put.getReadback())) : Optional.empty());
  }

  private static PutProto.PutValue toWire(Value value) {
    PutProto.PutValue.Builder builder = PutProto.PutValue.newBuilder();
    switch (value) {
      case Value.DoubleValue(double number) -> builder.setNumber(number);
      case Value.LongValue(long integer) -> builder.setInteger(integer);
      case Value.TextValue(String text) -> builder.setText(text);
      case Value.ChoiceValue(int index, String label) ->
          builder.setChoice(SampleProto.Choice.newBuilder().setIndex(index).setLabel(label));
      case DoubleArrayValue array ->
          builder.setArray(SampleProto.Array.newBuilder().addAllElements(list(array)));
      case HistogramValue(DoubleArrayValue edges, DoubleArrayValue contents) ->
          builder.setHistogram(
              SampleProto.Histogram.newBuilder()
                  .addAllEdges(list(edges))
                  .addAllContents(list(contents)));
    }
    return builder.build();
  }

  private static Value fromWire(PutProto.PutValue value) {
    return switch (value.getValueCase()) {
      case NUMBER -> Value.of(value.getNumber());
      case INTEGER -> new Value.LongValue(value.getInteger());
      case TEXT -> Value.of(value.getText());
      case CHOICE ->
          new Value.ChoiceValue(value.getChoice().getIndex(), value.getChoice().getLabel());
      case ARRAY -> array(value.getArray().getElementsList());
      case HISTOGRAM ->
          new HistogramValue(
              array(value.getHistogram().getEdgesList()),
              array(value.getHistogram().getContentsList()));
      case VALUE_NOT_SET ->
          throw new WireException(
              "a put carries no value of a known kind; bring this Orrery up to date");
    };
  }

  private static DoubleArrayValue array(List<Double> elements) {
    return DoubleArrayValue.of(elements.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static List<Double> list(DoubleArrayValue array) {
    return java.util.Arrays.stream(array.toArray()).boxed().toList();
  }
}
