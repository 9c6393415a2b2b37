package org.orrery.bus.wire;

import java.util.List;
import org.orrery.bus.wire.proto.CommonProto;
import org.orrery.bus.wire.proto.SampleProto;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;

/** Samples on the wire. */
final class SampleWire {
  static final EnumBridge<Severity, CommonProto.Severity> SEVERITY =
      new EnumBridge<>("SEVERITY_", Severity.class, CommonProto.Severity.class);
  private static final EnumBridge<Quality, SampleProto.Quality> QUALITY =
      new EnumBridge<>("QUALITY_", Quality.class, SampleProto.Quality.class);

  private SampleWire() {}

  static SampleProto.Sample toWire(Sample sample) {
    SampleProto.Sample.Builder builder =
        SampleProto.Sample.newBuilder()
            .setSchemaVersion(Wire.VERSION)
            .setChannel(sample.channel().value())
            .setSeverity(SEVERITY.toWire(sample.severity()))
            .setQuality(QUALITY.toWire(sample.quality()))
            .setSourceTimeNs(sample.sourceTimeNs())
            .setReceivedTimeNs(sample.receivedTimeNs())
            .setLostBefore(sample.lostBefore())
            .setSequence(sample.sequence())
            .setStatus(sample.status());
    switch (sample.value()) {
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

  static Sample fromWire(SampleProto.Sample sample) {
    return new Sample(
        new ChannelId(sample.getChannel()),
        value(sample),
        SEVERITY.fromWire(sample.getSeverity()),
        sample.getStatus(),
        sample.getSourceTimeNs(),
        sample.getReceivedTimeNs(),
        QUALITY.fromWire(sample.getQuality()),
        sample.getLostBefore(),
        sample.getSequence());
  }

  private static Value value(SampleProto.Sample sample) {
    return switch (sample.getValueCase()) {
      case NUMBER -> Value.of(sample.getNumber());
      case INTEGER -> new Value.LongValue(sample.getInteger());
      case TEXT -> Value.of(sample.getText());
      case CHOICE ->
          new Value.ChoiceValue(sample.getChoice().getIndex(), sample.getChoice().getLabel());
      case ARRAY -> array(sample.getArray().getElementsList());
      case HISTOGRAM ->
          new HistogramValue(
              array(sample.getHistogram().getEdgesList()),
              array(sample.getHistogram().getContentsList()));
      case VALUE_NOT_SET ->
          throw new WireException(
              "a sample of "
                  + sample.getChannel()
                  + " carries no value of a known kind; bring this Orrery up to date");
    };
  }

  private static DoubleArrayValue array(List<Double> elements) {
    return DoubleArrayValue.of(elements.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static List<Double> list(DoubleArrayValue array) {
    return java.util.Arrays.stream(array.toArray()).boxed().toList();
  }
}
