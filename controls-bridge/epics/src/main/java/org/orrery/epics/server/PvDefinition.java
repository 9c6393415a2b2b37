package org.orrery.epics.server;

import java.util.Optional;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvGrid;
import org.orrery.epics.PvMetadata;

/**
 * A PV to be served.
 *
 * @param name its address without prefix
 * @param metadata what it says about itself
 * @param puts who decides about puts; absent for a read-only PV
 */
public record PvDefinition(String name, PvMetadata metadata, Optional<PutHandler> puts) {
  public PvDefinition {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a PV needs a name");
    }
    if (puts.isPresent()
        && (metadata.kind() == ValueKind.HISTOGRAM || metadata.grid().isPresent())) {
      throw new IllegalArgumentException("PV " + name + ": histograms and maps take no puts");
    }
    if ((metadata.kind() == ValueKind.CHOICE) == metadata.choices().isEmpty()) {
      throw new IllegalArgumentException(
          "PV " + name + ": choices belong to kind CHOICE and to no other kind");
    }
  }

  /** A PV that refuses every put. */
  public static PvDefinition readOnly(String name, PvMetadata metadata) {
    return new PvDefinition(name, metadata, Optional.empty());
  }

  /** A PV that takes puts. */
  public static PvDefinition writable(String name, PvMetadata metadata, PutHandler puts) {
    return new PvDefinition(name, metadata, Optional.of(puts));
  }

  /** Why a value does not fit this PV; empty when it does. */
  public Optional<String> misfit(Value value) {
    if (ValueKind.of(value) != metadata.kind()) {
      return Optional.of(
          "PV " + name + " carries " + metadata.kind() + ", got " + ValueKind.of(value));
    }
    if (value instanceof Value.ChoiceValue choice
        && (choice.index() < 0 || choice.index() >= metadata.choices().size())) {
      return Optional.of("PV " + name + " has no choice " + choice.index());
    }
    if (metadata.grid().isPresent() && value instanceof DoubleArrayValue array) {
      PvGrid grid = metadata.grid().get();
      if (array.size() != grid.nx() * grid.ny()) {
        return Optional.of(
            "PV %s is a map of %d by %d bins, got %d values"
                .formatted(name, grid.nx(), grid.ny(), array.size()));
      }
    }
    return Optional.empty();
  }
}
