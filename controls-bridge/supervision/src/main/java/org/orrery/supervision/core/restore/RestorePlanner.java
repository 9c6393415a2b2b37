package org.orrery.supervision.core.restore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.orrery.contract.Person;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.access.AccessRules.When;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.DeviceLimits;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.snapshot.RestoreListing;
import org.orrery.contract.snapshot.RestoreListing.About;
import org.orrery.contract.snapshot.RestoreListing.Write;
import org.orrery.contract.snapshot.RestoreRequest;
import org.orrery.contract.snapshot.Snapshot;
import org.orrery.contract.value.Value;
import org.orrery.supervision.core.Readings;
import org.orrery.supervision.core.lifecycle.Entitlement;
import org.orrery.supervision.core.playbook.Ramps;

/**
 * Thinks a restore through: only what can be set and differs by more than its tolerance is written,
 * in the order of the snapshot. Whatever the write gate would refuse is refused here already, and
 * all of it at once, so that nobody approves what must fail. Pure; thread-safe.
 */
public final class RestorePlanner {
  /** One proposal writes to no more channels than a person can have gone through. */
  public static final int MOST_WRITES = 5_000;

  /** What one expert takes in; more needs two. */
  public static final int MOST_FOR_ONE = 20;

  private static final long SECOND_NS = 1_000_000_000L;

  private final Facility facility;
  private final Entitlement entitlement;
  private final Ramps ramps;

  /**
   * Makes the planner.
   *
   * @param access who may ask for what
   * @param factor plant seconds per wall second
   */
  public RestorePlanner(Facility facility, AccessRules access, double factor) {
    this.facility = facility;
    this.entitlement = new Entitlement(access, facility);
    this.ramps = new Ramps(facility, factor);
  }

  /**
   * What a restore comes to.
   *
   * @param readings what the channels show now
   * @param operations the tag-outs; absent where they are not known
   */
  public Restore think(
      RestoreRequest request,
      Snapshot snapshot,
      Readings readings,
      Optional<OperationsState> operations) {
    Work work = new Work(request, snapshot, readings, operations);
    Set<ChannelId> known = new HashSet<>();
    for (Snapshot.Entry entry : snapshot.entries()) {
      known.add(entry.channel());
      if (work.wanted(entry.channel())) {
        work.consider(entry);
      }
    }
    for (ChannelId channel : request.channels()) {
      if (!known.contains(channel)) {
        work.refuse(channel, "the snapshot has no value for it; leave it out");
      }
    }
    if (operations.isEmpty()) {
      work.refusals.add(
          new About("tag-outs", "they are not known, operations has not reported; try again soon"));
    }
    List<Step> steps = work.steps.made();
    if (steps.size() > MOST_WRITES) {
      work.refusals.add(
          new About(
              "the restore",
              "it would take "
                  + steps.size()
                  + " writes, at most "
                  + MOST_WRITES
                  + " fit into one proposal; ask for a part of them"));
    }
    work.refusals.addAll(beyondBudget(steps));
    boolean high = work.writes.size() > MOST_FOR_ONE || !work.steps.allCanBeTakenBack();
    return new Restore(
        new RestoreListing(
            snapshot.id(),
            work.writes,
            work.same,
            work.leftOut,
            work.refusals,
            high ? RiskClass.HIGH : RiskClass.NORMAL),
        steps);
  }

  /**
   * A device that lets through only so many writes would refuse the rest in the middle, or the way
   * back, which may be wanted at once. A ramp keeps to its pace, so ramps alone take as long as
   * they need.
   */
  private List<About> beyondBudget(List<Step> steps) {
    Map<ChannelId, List<Step>> perChannel = new LinkedHashMap<>();
    steps.forEach(
        step -> perChannel.computeIfAbsent(step.channel(), c -> new ArrayList<>()).add(step));
    Map<String, Integer> perDevice = new TreeMap<>();
    Set<String> unpaced = new HashSet<>();
    perChannel.forEach(
        (id, own) ->
            facility
                .channel(id)
                .map(Channel::device)
                .ifPresent(
                    device -> {
                      perDevice.merge(device, thereAndBack(own), Integer::sum);
                      if (own.size() == 1) {
                        unpaced.add(device);
                      }
                    }));
    List<About> refusals = new ArrayList<>();
    perDevice.forEach(
        (device, count) ->
            Optional.ofNullable(facility.deviceLimits().get(device))
                .flatMap(DeviceLimits::budget)
                .filter(budget -> count > budget.writes() && unpaced.contains(device))
                .ifPresent(
                    budget ->
                        refusals.add(
                            new About(
                                "device " + device,
                                "it lets "
                                    + budget.writes()
                                    + " writes through within "
                                    + budget.perNs() / SECOND_NS
                                    + " s, this would be "
                                    + count
                                    + " with the way back; ask for fewer of its channels at a"
                                    + " time"))));
    return refusals;
  }

  private static int thereAndBack(List<Step> steps) {
    return steps.stream().mapToInt(step -> step.undo().isPresent() ? 2 : 1).sum();
  }

  /** One restore being thought through. */
  private final class Work {
    private final Set<ChannelId> asked;
    private final Snapshot snapshot;
    private final Readings readings;
    private final Optional<OperationsState> operations;
    private final Person person;
    private final Optional<String> mode;
    private final RestoreSteps steps;
    private final List<Write> writes = new ArrayList<>();
    private final List<About> leftOut = new ArrayList<>();
    private final List<About> refusals = new ArrayList<>();
    private int same;

    Work(
        RestoreRequest request,
        Snapshot snapshot,
        Readings readings,
        Optional<OperationsState> operations) {
      this.asked = Set.copyOf(request.channels());
      this.snapshot = snapshot;
      this.readings = readings;
      this.operations = operations;
      this.person = request.person();
      this.mode = operations.map(OperationsState::mode).filter(facility.modes()::contains);
      this.steps = new RestoreSteps(facility, ramps);
    }

    boolean wanted(ChannelId channel) {
      return asked.isEmpty() || asked.contains(channel);
    }

    void refuse(ChannelId channel, String why) {
      refusals.add(new About(channel.value(), why));
    }

    /** What a restore never writes is left out, or refused where somebody asked for it by name. */
    private void leaveOut(ChannelId channel, String why) {
      (asked.isEmpty() ? leftOut : refusals).add(new About(channel.value(), why));
    }

    void consider(Snapshot.Entry entry) {
      Optional<Channel> channel = facility.channel(entry.channel());
      if (channel.isEmpty()) {
        refuse(entry.channel(), "the facility does not describe it any more; leave it out");
        return;
      }
      Optional<Writable> writable = channel.get().writable();
      if (writable.isEmpty()) {
        leaveOut(entry.channel(), "it is read-only");
        return;
      }
      if (writable.get().momentary()) {
        leaveOut(entry.channel(), "it returns to its idle value by itself");
        return;
      }
      long maxAgeNs = RestoreSteps.maxAgeNs(channel.get());
      Optional<Value> now = readings.value(entry.channel(), maxAgeNs);
      List<String> objections =
          new ArrayList<>(
              Objections.toEntry(
                  entry, channel.get(), writable.get(), facility, person.name(), operations));
      if (now.isEmpty()) {
        objections.add(
            readings.whyNot(entry.channel(), maxAgeNs).orElse("it is not read")
                + ", so it cannot be told whether it differs");
      } else if (objections.isEmpty() && entry.tolerance().covers(entry.value(), now.get())) {
        same++;
        return;
      } else {
        objections.addAll(
            Objections.toWrite(entry, now.get(), channel.get(), writable.get(), ramps, readings));
        When when =
            writable.get().towardsSafety(now.get(), entry.value())
                ? new When.TowardsSafety()
                : new When.In(mode);
        entitlement.barredFromAsking(person, channel.get(), when).ifPresent(objections::add);
      }
      if (objections.isEmpty()) {
        String stage = snapshot.stages().get(entry.stage());
        writes.add(
            new Write(entry.channel(), stage, now.orElseThrow(), entry.value(), entry.unit()));
        steps.add(entry, stage, channel.get(), writable.get(), now.orElseThrow());
      } else {
        objections.forEach(why -> refuse(entry.channel(), why));
      }
    }
  }
}
