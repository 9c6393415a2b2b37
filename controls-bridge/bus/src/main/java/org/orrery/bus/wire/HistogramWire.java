package org.orrery.bus.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.orrery.bus.wire.proto.HistogramProto;
import org.orrery.contract.data.DqmHistogram;
import org.orrery.contract.value.DoubleArrayValue;

/** Histograms on the wire. */
final class HistogramWire {
  private HistogramWire() {}

  static HistogramProto.DqmHistogram toWire(DqmHistogram histogram) {
    return HistogramProto.DqmHistogram.newBuilder()
        .setSchemaVersion(Wire.VERSION)
        .setId(histogram.id())
        .setFromNs(histogram.fromNs())
        .setToNs(histogram.toNs())
        .setUnit(histogram.unit())
        .addAllXEdges(list(histogram.xEdges()))
        .addAllYEdges(histogram.yEdges().map(HistogramWire::list).orElse(List.of()))
        .addAllContents(list(histogram.contents()))
        .setExposureSeconds(histogram.exposureSeconds())
        .setRunNumber(histogram.runNumber())
        .setConditions(histogram.conditions())
        .setLostBefore(histogram.lostBefore())
        .build();
  }

  static DqmHistogram fromWire(HistogramProto.DqmHistogram histogram) {
    return new DqmHistogram(
        histogram.getId(),
        histogram.getFromNs(),
        histogram.getToNs(),
        histogram.getUnit(),
        array(histogram.getXEdgesList()),
        histogram.getYEdgesCount() == 0
            ? Optional.empty()
            : Optional.of(array(histogram.getYEdgesList())),
        array(histogram.getContentsList()),
        histogram.getExposureSeconds(),
        histogram.getRunNumber(),
        histogram.getConditions(),
        histogram.getLostBefore());
  }

  private static DoubleArrayValue array(List<Double> elements) {
    return DoubleArrayValue.of(elements.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static List<Double> list(DoubleArrayValue array) {
    return Arrays.stream(array.toArray()).boxed().toList();
  }
}
