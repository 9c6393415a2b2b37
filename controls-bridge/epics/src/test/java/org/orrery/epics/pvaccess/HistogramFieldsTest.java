package org.orrery.epics.pvaccess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.epics.nt.NTNDArray;
import org.epics.nt.NTTable;
import org.epics.pvdata.copy.CreateRequest;
import org.epics.pvdata.factory.PVDataFactory;
import org.epics.pvdata.pv.PVDoubleArray;
import org.epics.pvdata.pv.PVInt;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.PVStructureArray;
import org.epics.pvdata.pv.Structure;
import org.epics.pvdata.pv.StructureArrayData;
import org.junit.jupiter.api.Test;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvGrid;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.server.PvState;

/** That foreign clients find the normative types that they know. */
class HistogramFieldsTest {
  private static final PvMetadata HISTOGRAM = PvMetadata.histogram("us", "drift time");
  private static final PvMetadata MAP =
      PvMetadata.map(
          "hits", new PvGrid(DoubleArrayValue.of(0, 1, 2), DoubleArrayValue.of(0, 5, 10, 15)));
  private static final HistogramValue VALUE =
      new HistogramValue(DoubleArrayValue.of(0, 1, 3), DoubleArrayValue.of(4, 5));

  private static PVStructure written(Structure selected, PvMetadata metadata, PvState state) {
    StateFields fields = new StateFields(selected, metadata);
    fields.write(state);
    return fields.structure();
  }

  @Test
  void shouldServeAHistogramAsATableOfTheNormativeTypes() {
    // When
    PVStructure served =
        written(NtStructures.structureOf(HISTOGRAM), HISTOGRAM, PvState.normal(VALUE, 7));
    // Then
    assertThat(served.getStructure().getID()).isEqualTo("epics:nt/NTTable:1.0");
    assertThat(NTTable.isCompatible(served)).isTrue();
    NTTable table = NTTable.wrap(served);
    assertThat(table.isValid()).isTrue();
    assertThat(table.getColumnNames()).containsExactly("edges_low", "edges_high", "contents");
    assertThat(UpdateDecoder.metadata(served)).contains(HISTOGRAM);
  }

  @Test
  void shouldServeAMapAsAnImageOfTheNormativeTypes() {
    // When
    PVStructure served =
        written(
            NtStructures.structureOf(MAP),
            MAP,
            PvState.normal(DoubleArrayValue.of(1, 2, 3, 4, 5, 6), 7));
    // Then
    assertThat(served.getStructure().getID()).isEqualTo("epics:nt/NTNDArray:1.0");
    assertThat(NTNDArray.isCompatible(served)).isTrue();
    NTNDArray image = NTNDArray.wrap(served);
    assertThat(image.isValid()).isTrue();
    assertThat(image.getDimension().getLength()).isEqualTo(2);
    assertThat(image.getUncompressedDataSize().get()).isEqualTo(48);
  }

  @Test
  void shouldNotTakeAStrangersWordForTheSizeOfAnImage() {
    // Given
    PVStructure served =
        written(
            NtStructures.structureOf(MAP),
            MAP,
            PvState.normal(DoubleArrayValue.of(1, 2, 3, 4, 5, 6), 7));
    assertThat(UpdateDecoder.metadata(served).orElseThrow().grid()).isPresent();
    StructureArrayData first = new StructureArrayData();
    served.getSubField(PVStructureArray.class, "dimension").get(0, 1, first);
    // When
    first.data[first.offset].getSubField(PVInt.class, "size").put(2_000_000_000);
    // Then
    assertThat(UpdateDecoder.metadata(served).orElseThrow().grid()).isEmpty();
  }

  @Test
  void shouldGiveAClientTheColumnThatItAsksFor() {
    // Given
    Structure selected =
        FieldSelection.select(
                NtStructures.structureOf(HISTOGRAM),
                CreateRequest.create().createRequest("field(value.contents)"))
            .orElseThrow();
    // When
    PVStructure served = written(selected, HISTOGRAM, PvState.normal(VALUE, 7));
    // Then
    PVDoubleArray contents = served.getSubField(PVDoubleArray.class, "value.contents");
    assertThat(Optional.ofNullable(contents).map(WireValues::arrayOf)).contains(VALUE.contents());
    assertThat(served.getSubField("value.edges_low")).isNull();
  }

  @Test
  void shouldReadTheRowsThatAllColumnsOfAForeignTableHave() {
    // Given
    PVStructure served =
        PVDataFactory.getPVDataCreate().createPVStructure(NtStructures.structureOf(HISTOGRAM));
    PVStructure table = served.getStructureField("value");
    // When
    PvMetadata metadata = UpdateDecoder.metadata(served).orElseThrow();
    // Then
    assertThat(metadata.kind()).isEqualTo(ValueKind.HISTOGRAM);
    assertThat(TableFields.read(table).contents().size()).isZero();
    WireValues.write(
        DoubleArrayValue.of(1, 2, 3), table.getSubField(PVDoubleArray.class, "contents"));
    WireValues.write(
        DoubleArrayValue.of(0, 1), table.getSubField(PVDoubleArray.class, "edges_low"));
    WireValues.write(
        DoubleArrayValue.of(1, 3), table.getSubField(PVDoubleArray.class, "edges_high"));
    assertThat(TableFields.read(table))
        .isEqualTo(new HistogramValue(DoubleArrayValue.of(0, 1, 3), DoubleArrayValue.of(1, 2)));
  }
}
