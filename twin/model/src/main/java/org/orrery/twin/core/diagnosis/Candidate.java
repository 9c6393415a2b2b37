package org.orrery.twin.core.diagnosis;

import java.util.Arrays;
import java.util.Optional;
import org.orrery.twin.core.model.StateVariable;

/** One course of events to play: what happens, when, and how badly. */
sealed interface Candidate {
  /** Plant time at which it happens; {@link Long#MAX_VALUE} for never. */
  long onsetNs();

  /** Puts it into one member. */
  void apply(double[][] rows, int member);

  /** Nothing happens. */
  record Quiet() implements Candidate {
    @Override
    public long onsetNs() {
      return Long.MAX_VALUE;
    }

    @Override
    public void apply(double[][] rows, int member) {}
  }

  /** A fault sets in. */
  record Breaks(Fault fault, int severity, long onsetNs) implements Candidate {
    @Override
    public void apply(double[][] rows, int member) {
      rows[fault.mark().ordinal()][member] = fault.markValue(severity, rows, member);
    }
  }

  /** Every fault that was there is gone. */
  record Recovers(long onsetNs) implements Candidate {
    @Override
    public void apply(double[][] rows, int member) {
      Arrays.stream(StateVariable.values())
          .filter(variable -> variable.kind() == StateVariable.Kind.FAULT)
          .forEach(variable -> rows[variable.ordinal()][member] = variable.priorMean());
    }
  }

  /** The gauge that the pressure loop acts on begins to lie, so that the loop moves the plant. */
  record LoopMisled(double millibars, long onsetNs) implements Candidate {
    @Override
    public void apply(double[][] rows, int member) {
      rows[StateVariable.LOOP_OFFSET_MILLIBARS.ordinal()][member] += millibars;
    }
  }

  /** The barometer begins to lie; the atmosphere stays as it was. */
  record BarometerLies(double millibars, long onsetNs) implements Candidate {
    @Override
    public void apply(double[][] rows, int member) {
      rows[StateVariable.FAULT_BAROMETER_HOLD.ordinal()][member] = millibars;
    }
  }

  /** The fault, where it is one. */
  default Optional<Fault> broken() {
    return this instanceof Breaks breaks ? Optional.of(breaks.fault()) : Optional.empty();
  }
}
