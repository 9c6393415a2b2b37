package org.orrery.epics.pvaccess;

import static org.assertj.core.api.Assertions.assertThat;

import org.epics.pvdata.factory.ConvertFactory;
import org.epics.pvdata.factory.FieldFactory;
import org.epics.pvdata.factory.PVDataFactory;
import org.epics.pvdata.pv.PVDoubleArray;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.PVUnion;
import org.epics.pvdata.pv.ScalarType;
import org.junit.jupiter.api.Test;

class LargeFieldsTest {
  private static PVStructure image(int pixels) {
    PVStructure state = PVDataFactory.getPVDataCreate().createPVStructure(ImageFields.structure());
    state
        .getSubField(PVUnion.class, "value")
        .select(PVDoubleArray.class, "doubleValue")
        .put(0, pixels, new double[pixels], 0);
    return state;
  }

  @Test
  void shouldLetGoOfAnImageThatWasReadAndTakeTheNextOne() {
    // Given
    PVStructure read = image(5_000);
    // When
    LargeFields.drop(read);
    Object left = read.getSubField(PVUnion.class, "value").get();
    ConvertFactory.getConvert().copy(image(6_000), read);
    // Then
    assertThat(left).isNull();
    assertThat(read).isEqualTo(image(6_000));
  }

  @Test
  void shouldLetGoOfALargeArrayAndKeepASmallOne() {
    // Given
    PVStructure large = array(5_000);
    PVStructure small = array(5);
    // When
    LargeFields.drop(large);
    LargeFields.drop(small);
    // Then
    assertThat(large.getSubField(PVDoubleArray.class, "value").getCapacity()).isZero();
    assertThat(small).isEqualTo(array(5));
  }

  private static PVStructure array(int length) {
    PVStructure state =
        PVDataFactory.getPVDataCreate()
            .createPVStructure(
                FieldFactory.getFieldCreate()
                    .createFieldBuilder()
                    .addArray("value", ScalarType.pvDouble)
                    .createStructure());
    state.getSubField(PVDoubleArray.class, "value").put(0, length, new double[length], 0);
    return state;
  }
}
