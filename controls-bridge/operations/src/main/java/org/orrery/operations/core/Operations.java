package org.orrery.operations.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.orrery.contract.Person;
import org.orrery.contract.Reply;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.operations.ControlHolder;
import org.orrery.contract.operations.ControlRequest;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.Run;
import org.orrery.contract.operations.TagOut;
import org.orrery.contract.value.Value;

/**
 * Run, mode, control, tag-outs and reserved devices as a pure function of what came before.
 * Immutable.
 *
 * @param state what others see
 * @param runNumber the number that the DAQ shows
 * @param running whether the DAQ says that a run is on; absent before it told
 */
public record Operations(OperationsState state, OptionalLong runNumber, Optional<Boolean> running) {
  private static final String RUNNING = "RUNNING";

  /** What became of a request. */
  public record Decision(
      Operations next, Reply<OperationsState> reply, Optional<ControlEntry> entry) {}

  /** Begins with what was remembered. */
  public static Operations of(OperationsState remembered) {
    return new Operations(remembered, OptionalLong.empty(), Optional.empty());
  }

  /** The DAQ shows a run number. */
  public Operations onRunNumber(Value value, long atNs) {
    OptionalDouble number = value.asDouble();
    return number.isEmpty() || Double.isNaN(number.getAsDouble())
        ? this
        : new Operations(state, OptionalLong.of(Math.round(number.getAsDouble())), running)
            .withRun(atNs);
  }

  /** The DAQ shows whether a run is on. */
  public Operations onRunState(Value value, long atNs) {
    return new Operations(state, runNumber, Optional.of(value.display().equals(RUNNING)))
        .withRun(atNs);
  }

  /** The DAQ shows the detector mode. */
  public Operations onMode(Value value) {
    OperationsState next =
        new OperationsState(
            value.display(),
            state.run(),
            state.control(),
            state.tagOuts(),
            state.locks(),
            state.ended());
    return new Operations(next, runNumber, running);
  }

  /**
   * Number and state come one after the other, in any order: a run begins when both fit together,
   * which means a number that is not the one of a run that has ended.
   */
  private Operations withRun(long atNs) {
    if (running.isEmpty() || runNumber.isEmpty()) {
      return this;
    }
    Optional<Run> run = state.run();
    long number = runNumber.getAsLong();
    boolean known = run.isPresent() && run.get().number() == number;
    boolean open = run.isPresent() && run.get().stopNs().isEmpty();
    if (running.get() && !known) {
      return with(
          new Run(number, state.mode().toLowerCase(Locale.ROOT), atNs, OptionalLong.empty()));
    }
    if (!running.get() && open) {
      Run ended = run.get();
      return with(new Run(ended.number(), ended.type(), ended.startNs(), OptionalLong.of(atNs)));
    }
    return this;
  }

  private Operations with(Run run) {
    return new Operations(
        new OperationsState(
            state.mode(),
            Optional.of(run),
            state.control(),
            state.tagOuts(),
            state.locks(),
            state.ended()),
        runNumber,
        running);
  }

  /**
   * A person asks for something.
   *
   * @param facility the devices and groups that exist
   * @param nowNs wall time
   */
  public Decision onRequest(ControlRequest request, Facility facility, long nowNs) {
    Person person = request.person();
    if (!person.has(Person.Role.SHIFTER) && !person.has(Person.Role.EXPERT)) {
      return declined(person.name() + " is neither shifter nor expert; sign in as one");
    }
    return switch (request) {
      case ControlRequest.TakeControl(Person p, boolean force) -> take(p.name(), force, nowNs);
      case ControlRequest.ReleaseControl(Person p) -> release(p.name(), nowNs);
      case ControlRequest.SetTagOut(Person p, String device, String reason) ->
          tagOut(p.name(), device, reason, facility.devicesOf(device), nowNs);
      case ControlRequest.LiftTagOut(Person p, String device) -> lift(p.name(), device, nowNs);
      case ControlRequest.LockDevice lock ->
          facility.devicesOf(lock.device()).isEmpty()
              ? declined(
                  "there is no device or group " + lock.device() + " in the facility description")
              : Locks.lock(this, lock, nowNs);
      case ControlRequest.UnlockDevice unlock -> Locks.unlock(this, unlock, nowNs);
    };
  }

  private Decision take(String person, boolean force, long nowNs) {
    Optional<ControlHolder> holder = state.control();
    if (holder.isPresent() && holder.get().person().equals(person)) {
      return new Decision(this, new Reply.Done<>(state), Optional.empty());
    }
    if (holder.isPresent() && !force) {
      return declined(
          holder.get().person() + " holds control; ask them to release it, or take it by force");
    }
    String from = holder.map(h -> "from " + h.person() + " by force").orElse("");
    return done(
        new OperationsState(
            state.mode(),
            state.run(),
            Optional.of(new ControlHolder(person, nowNs)),
            state.tagOuts(),
            state.locks(),
            state.ended()),
        new ControlEntry(nowNs, person, "control.taken", "control", from));
  }

  private Decision release(String person, long nowNs) {
    Optional<ControlHolder> holder = state.control();
    if (holder.isEmpty() || !holder.get().person().equals(person)) {
      return declined(
          holder
              .map(h -> h.person() + " holds control, not " + person)
              .orElse("nobody holds control"));
    }
    return done(
        new OperationsState(
            state.mode(),
            state.run(),
            Optional.empty(),
            state.tagOuts(),
            state.locks(),
            state.ended()),
        new ControlEntry(nowNs, person, "control.released", "control", ""));
  }

  private Decision tagOut(
      String person, String device, String reason, List<String> members, long nowNs) {
    if (members.isEmpty()) {
      return declined("there is no device or group " + device + " in the facility description");
    }
    if (reason.isBlank()) {
      return declined("a tag-out needs a reason that the next shift can understand");
    }
    Optional<TagOut> there =
        state.tagOuts().stream().filter(t -> t.device().equals(device)).findFirst();
    if (there.isPresent()) {
      return declined(
          device
              + " is tagged out by "
              + there.get().owner()
              + " already: "
              + there.get().reason());
    }
    List<TagOut> tagOuts = new ArrayList<>(state.tagOuts());
    tagOuts.add(new TagOut(device, person, reason.strip(), nowNs, members));
    return done(
        withTagOuts(tagOuts),
        new ControlEntry(nowNs, person, "tag-out.set", device, reason.strip()));
  }

  private OperationsState withTagOuts(List<TagOut> tagOuts) {
    return new OperationsState(
        state.mode(), state.run(), state.control(), tagOuts, state.locks(), state.ended());
  }

  private Decision lift(String person, String device, long nowNs) {
    Optional<TagOut> there =
        state.tagOuts().stream().filter(t -> t.device().equals(device)).findFirst();
    if (there.isEmpty()) {
      return declined(device + " is not tagged out");
    }
    if (!there.get().owner().equals(person)) {
      return declined("only " + there.get().owner() + " can lift this tag-out");
    }
    List<TagOut> tagOuts =
        state.tagOuts().stream().filter(t -> !t.device().equals(device)).toList();
    return done(
        withTagOuts(tagOuts),
        new ControlEntry(nowNs, person, "tag-out.lifted", device, there.get().reason()));
  }

  /** Time went on: reservations that are over end, each with its entry. */
  public Lapse onTime(long nowNs) {
    return Locks.lapse(this, nowNs);
  }

  /** What time alone has changed. */
  public record Lapse(Operations next, List<ControlEntry> entries) {
    public Lapse {
      entries = List.copyOf(entries);
    }
  }

  Decision done(OperationsState next, ControlEntry entry) {
    return new Decision(
        new Operations(next, runNumber, running), new Reply.Done<>(next), Optional.of(entry));
  }

  Decision declined(String reason) {
    return new Decision(this, new Reply.Declined<>(reason), Optional.empty());
  }
}
