package org.orrery.twin.core.assimilation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.orrery.contract.twin.Agreement;

/**
 * The recent past: every step's inputs and readings, and the ensemble now and then, from which a
 * hypothesis can be played forward. Mutable, not thread-safe; {@link #copy} to hand it over.
 */
public final class History {
  /** The past that is kept, plant ns. */
  public static final long SPAN_NS = 7_200_000_000_000L;

  /** Time between two kept ensembles, plant ns. */
  public static final long CHECKPOINT_NS = 60_000_000_000L;

  /**
   * One step.
   *
   * @param timeNs end of the step, plant ns
   * @param inputs what was commanded, by input; not modified
   * @param readings what was read, by sensor, NaN where nothing; not modified
   * @param innovations normalised innovations, NaN where nothing was read; not modified
   */
  @SuppressWarnings("ArrayRecordComponent") // Private to this room, and written once.
  public record Step(long timeNs, double[] inputs, double[] readings, double[] innovations) {}

  /**
   * The ensemble after a step.
   *
   * @param timeNs end of the step, plant ns
   * @param ensemble the members; not modified
   * @param agreement whether the twin agreed with the detector then
   */
  public record Checkpoint(long timeNs, Ensemble ensemble, Agreement agreement) {}

  private final Deque<Step> steps = new ArrayDeque<>();
  private final Deque<Checkpoint> checkpoints = new ArrayDeque<>();

  /** Adds a step and, when it is time, the ensemble after it. */
  public void add(Step step, Ensemble ensemble, Agreement agreement) {
    steps.addLast(step);
    Checkpoint last = checkpoints.peekLast();
    if (last == null || step.timeNs() - last.timeNs() >= CHECKPOINT_NS) {
      checkpoints.addLast(new Checkpoint(step.timeNs(), ensemble.copy(), agreement));
    }
    while (!steps.isEmpty() && steps.getFirst().timeNs() < step.timeNs() - SPAN_NS) {
      steps.removeFirst();
    }
    while (checkpoints.getFirst().timeNs() < step.timeNs() - SPAN_NS) {
      checkpoints.removeFirst();
    }
  }

  /** Keeps the ensemble as of now, as after it has been replaced. */
  public void mark(long timeNs, Ensemble ensemble, Agreement agreement) {
    if (!checkpoints.isEmpty() && checkpoints.getLast().timeNs() == timeNs) {
      checkpoints.removeLast();
    }
    checkpoints.addLast(new Checkpoint(timeNs, ensemble.copy(), agreement));
  }

  /** Forgets what was before a time. */
  public void forgetBefore(long timeNs) {
    steps.removeIf(step -> step.timeNs() <= timeNs);
    checkpoints.removeIf(checkpoint -> checkpoint.timeNs() < timeNs);
  }

  /** Forgets everything, as after a jump in time. */
  public void clear() {
    steps.clear();
    checkpoints.clear();
  }

  /** The steps after a time, oldest first. */
  public List<Step> after(long timeNs) {
    return steps.stream().filter(step -> step.timeNs() > timeNs).toList();
  }

  /** The latest ensemble at or before a time; the oldest one when none is that old. */
  public Optional<Checkpoint> before(long timeNs) {
    Checkpoint found = checkpoints.peekFirst();
    for (Checkpoint checkpoint : checkpoints) {
      if (checkpoint.timeNs() <= timeNs) {
        found = checkpoint;
      }
    }
    return Optional.ofNullable(found);
  }

  /** A copy that later steps do not change; what it holds is shared and never modified. */
  public History copy() {
    History copy = new History();
    copy.steps.addAll(new ArrayList<>(steps));
    copy.checkpoints.addAll(checkpoints);
    return copy;
  }
}
