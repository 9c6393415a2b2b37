package org.orrery.epics.pvaccess;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.epics.pvdata.factory.FieldFactory;
import org.epics.pvdata.pv.Field;
import org.epics.pvdata.pv.PVField;
import org.epics.pvdata.pv.PVString;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.Structure;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for in its pvRequest: which fields, and options. Stateless.
 *
 * <p>The library's own PVCopy looks fields up by equality of their values, so it confuses two
 * fields that happen to hold the same; this class goes by name.
 */
final class FieldSelection {
  private FieldSelection() {}

  /**
   * The structure with only the fields that a request names; all of them where it names none.
   *
   * @return empty when the request names fields and the structure has none of them
   */
  static Optional<Structure> select(Structure full, @Nullable PVStructure pvRequest) {
    PVField field = pvRequest == null ? null : pvRequest.getSubField("field");
    if (!(field instanceof PVStructure wanted) || namesNothing(wanted)) {
      return Optional.of(full);
    }
    return selectFrom(full, wanted);
  }

  private static Optional<Structure> selectFrom(Structure full, PVStructure wanted) {
    List<String> names = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (String name : full.getFieldNames()) {
      PVField request = wanted.getSubField(name);
      Field field = full.getField(name);
      if (request == null || field == null) {
        continue;
      }
      if (field instanceof Structure nested
          && request instanceof PVStructure nestedRequest
          && !namesNothing(nestedRequest)) {
        selectFrom(nested, nestedRequest)
            .ifPresent(
                selected -> {
                  names.add(name);
                  fields.add(selected);
                });
      } else {
        names.add(name);
        fields.add(field);
      }
    }
    if (names.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        FieldFactory.getFieldCreate()
            .createStructure(
                full.getID(), names.toArray(String[]::new), fields.toArray(Field[]::new)));
  }

  private static boolean namesNothing(PVStructure request) {
    for (String name : request.getStructure().getFieldNames()) {
      if (!name.startsWith("_")) {
        return false;
      }
    }
    return true;
  }

  /** The queueSize that a request asks for, kept within bounds. */
  static int queueSize(@Nullable PVStructure pvRequest, int usual, int least, int most) {
    PVString option =
        pvRequest == null
            ? null
            : pvRequest.getSubField(PVString.class, "record._options.queueSize");
    if (option == null) {
      return usual;
    }
    try {
      return Math.clamp(Integer.parseInt(option.get().trim()), least, most);
    } catch (NumberFormatException notANumber) {
      return usual;
    }
  }
}
