package org.orrery.operations.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.orrery.contract.Person;
import org.orrery.contract.operations.ControlRequest;
import org.orrery.contract.operations.DeviceLock;
import org.orrery.contract.operations.EndedLock;
import org.orrery.contract.operations.OperationsState;

/** The rules of reserving a device. Pure and stateless. */
final class Locks {
  /** A reservation is for a piece of work; what lasts longer is a tag-out. 12 h, wall ns. */
  static final long LONGEST_NS = 12L * 3_600 * 1_000_000_000L;

  /** More than end while a message is lost and said again. */
  private static final int MOST_ENDED = 50;

  private static final double NS_PER_MINUTE = 6e10;

  private Locks() {}

  static Operations.Decision lock(Operations now, ControlRequest.LockDevice wish, long nowNs) {
    String person = wish.person().name();
    if (wish.reason().isBlank()) {
      return now.declined("a reservation needs a reason that the others can understand");
    }
    if (wish.forNs() <= 0 || wish.forNs() > LONGEST_NS) {
      return now.declined(
          "a reservation lasts up to 12 hours; for longer work tag the device out instead");
    }
    Optional<DeviceLock> there = find(now, wish.device(), nowNs);
    if (there.isPresent() && !there.get().owner().equals(person)) {
      return now.declined(
          wish.device()
              + " is reserved by "
              + there.get().owner()
              + " ("
              + there.get().reason()
              + "); ask them to give it back, or wait until it expires");
    }
    List<EndedLock> over =
        now.state().locks().stream()
            .filter(lock -> lock.device().equals(wish.device()) && lock.untilNs() <= nowNs)
            .map(lock -> new EndedLock(lock, Optional.empty(), nowNs))
            .toList();
    List<DeviceLock> locks = without(now, wish.device());
    long sinceNs = there.map(DeviceLock::sinceNs).orElse(nowNs);
    locks.add(
        new DeviceLock(
            wish.device(), person, wish.reason().strip(), sinceNs, nowNs + wish.forNs()));
    String detail =
        wish.reason().strip() + ", for " + Math.round(wish.forNs() / NS_PER_MINUTE) + " min";
    return now.done(
        with(now, locks, over), new ControlEntry(nowNs, person, "lock.set", wish.device(), detail));
  }

  static Operations.Decision unlock(Operations now, ControlRequest.UnlockDevice wish, long nowNs) {
    Optional<DeviceLock> there = find(now, wish.device(), nowNs);
    if (there.isEmpty()) {
      return now.declined(wish.device() + " is not reserved");
    }
    String person = wish.person().name();
    String owner = there.get().owner();
    if (!owner.equals(person) && !wish.person().has(Person.Role.EXPERT)) {
      return now.declined(
          wish.device() + " is reserved by " + owner + "; they or an expert give it back");
    }
    String detail = owner.equals(person) ? there.get().reason() : "reserved by " + owner;
    return now.done(
        with(
            now,
            without(now, wish.device()),
            List.of(new EndedLock(there.get(), Optional.of(person), nowNs))),
        new ControlEntry(nowNs, person, "lock.released", wish.device(), detail));
  }

  static Operations.Lapse lapse(Operations now, long nowNs) {
    List<ControlEntry> entries = new ArrayList<>();
    List<DeviceLock> locks = new ArrayList<>();
    List<EndedLock> ended = new ArrayList<>();
    for (DeviceLock lock : now.state().locks()) {
      if (lock.untilNs() > nowNs) {
        locks.add(lock);
      } else {
        ended.add(new EndedLock(lock, Optional.empty(), nowNs));
        entries.add(
            new ControlEntry(nowNs, lock.owner(), "lock.expired", lock.device(), lock.reason()));
      }
    }
    return entries.isEmpty()
        ? new Operations.Lapse(now, List.of())
        : new Operations.Lapse(
            new Operations(with(now, locks, ended), now.runNumber(), now.running()), entries);
  }

  private static Optional<DeviceLock> find(Operations now, String device, long nowNs) {
    return now.state().locks().stream()
        .filter(lock -> lock.device().equals(device) && lock.untilNs() > nowNs)
        .findFirst();
  }

  private static List<DeviceLock> without(Operations now, String device) {
    List<DeviceLock> locks = new ArrayList<>(now.state().locks());
    locks.removeIf(lock -> lock.device().equals(device));
    return locks;
  }

  private static OperationsState with(
      Operations now, List<DeviceLock> locks, List<EndedLock> endedNow) {
    OperationsState state = now.state();
    List<EndedLock> ended = new ArrayList<>(state.ended());
    ended.addAll(endedNow);
    return new OperationsState(
        state.mode(),
        state.run(),
        state.control(),
        state.tagOuts(),
        locks,
        ended.subList(Math.max(0, ended.size() - MOST_ENDED), ended.size()));
  }
}
