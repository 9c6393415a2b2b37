package org.orrery.simulator.plant;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All knobs of a detector, in the order in which its subsystems made them. Not thread-safe. */
public final class Knobs {
  private final Map<String, Knob> byId = new LinkedHashMap<>();

  /**
   * Makes a knob; for the constructors of subsystems.
   *
   * @param id stable name, unique in the detector
   * @param unit UCUM code, {@code 1} for a plain number
   * @param neutral value of a healthy detector
   * @param least least value
   * @param most greatest value
   * @param description one line for people
   */
  public Knob add(
      String id, String unit, double neutral, double least, double most, String description) {
    Knob knob = new Knob(id, unit, neutral, least, most, description);
    if (byId.put(id, knob) != null) {
      throw new IllegalStateException("knob twice: " + id);
    }
    return knob;
  }

  /** Makes a knob that is 0 in a healthy detector and at most 1. */
  public Knob share(String id, String description) {
    return add(id, "1", 0.0, 0.0, 1.0, description);
  }

  /** Returns the knob of that name. */
  public Optional<Knob> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Returns all knobs. */
  public Collection<Knob> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /** Brings knobs back to their neutral values. */
  public void rest(Collection<Knob> tired) {
    for (Knob knob : tired) {
      knob.rest();
    }
  }
}
