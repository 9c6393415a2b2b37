package org.orrery.epics.pvaccess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.epics.pvdata.copy.CreateRequest;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.Structure;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.Range;

class FieldSelectionTest {
  private static final Structure FULL =
      NtStructures.structureOf(
          new PvMetadata(ValueKind.DOUBLE, "", "", Range.NONE, Range.NONE, Limits.NONE, List.of()));

  private static PVStructure request(String text) {
    return CreateRequest.create().createRequest(text);
  }

  @Test
  void shouldGiveAllFieldsWhereNoneIsNamed() {
    // When / Then
    assertThat(FieldSelection.select(FULL, null)).contains(FULL);
    assertThat(FieldSelection.select(FULL, request(""))).contains(FULL);
    assertThat(FieldSelection.select(FULL, request("field()"))).contains(FULL);
    assertThat(FieldSelection.select(FULL, request("record[queueSize=5]field()"))).contains(FULL);
  }

  @Test
  void shouldGiveTheNamedFieldsOnly() {
    // When
    Structure selected =
        FieldSelection.select(FULL, request("field(value,alarm.severity,nonsense)")).orElseThrow();
    // Then
    assertThat(selected.getFieldNames()).containsExactly("value", "alarm");
    assertThat(((Structure) selected.getField("alarm")).getFieldNames())
        .containsExactly("severity");
  }

  @Test
  void shouldRefuseARequestForFieldsThatAreNotThere() {
    // When / Then
    assertThat(FieldSelection.select(FULL, request("field(nonsense)"))).isEmpty();
  }

  @Test
  void shouldKeepTheQueueSizeWithinBounds() {
    // When / Then
    assertThat(FieldSelection.queueSize(request("record[queueSize=9]field()"), 4, 2, 256))
        .isEqualTo(9);
    assertThat(FieldSelection.queueSize(request("record[queueSize=9999]field()"), 4, 2, 256))
        .isEqualTo(256);
    assertThat(FieldSelection.queueSize(request("record[queueSize=x]field()"), 4, 2, 256))
        .isEqualTo(4);
    assertThat(FieldSelection.queueSize(request("field()"), 4, 2, 256)).isEqualTo(4);
  }
}
