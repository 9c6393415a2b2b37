package org.orrery.supervision.core.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.operations.ControlHolder;
import org.orrery.contract.operations.DeviceLock;
import org.orrery.contract.operations.EndedLock;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.TagOut;

/**
 * What goes on record about the gate, the writing switch, control, tag-outs and reservations.
 * Stateless.
 */
public final class HouseEntries {
  private static final String GATEWAY = "gateway";
  private static final String OPERATIONS = "operations";

  private HouseEntries() {}

  /**
   * What the gate said about a command that reached it; the command's claims are as they came, true
   * or not.
   */
  public static AuditEntry gate(GateRecord record, long nowNs) {
    Command command = record.command();
    String action =
        record
            .outcome()
            .map(
                outcome ->
                    switch (outcome) {
                      case CommandOutcome.Confirmed _ -> "gate.confirmed";
                      case CommandOutcome.Refused _ -> "gate.refused";
                      case CommandOutcome.Unknown _ -> "gate.unknown";
                    })
            .orElse("gate.attempted");
    return new AuditEntry(
        nowNs, GATEWAY, action, command.id().value(), new Gate(command, record.outcome()));
  }

  /**
   * What changed about the writing switch; empty where nothing did. The first state that is seen
   * says how the switch was found, and not who turned it: that may have been long ago.
   */
  public static Optional<AuditEntry> writing(
      Optional<WritingState> before, WritingState after, long nowNs) {
    if (before.isEmpty()) {
      return Optional.of(
          new AuditEntry(
              nowNs, GATEWAY, "writing.state-seen", "writing", new Switch(before, after)));
    }
    boolean wasStopped = before.get().stopped();
    if (after.stopped() && !wasStopped) {
      return Optional.of(
          new AuditEntry(
              nowNs, after.by(), "writing.stopped", "writing", new Switch(before, after)));
    }
    if (!after.stopped() && wasStopped) {
      String by = after.releasedBy().isEmpty() ? GATEWAY : String.join("+", after.releasedBy());
      return Optional.of(
          new AuditEntry(nowNs, by, "writing.released", "writing", new Switch(before, after)));
    }
    List<String> agreedBefore = before.get().releasedBy();
    if (after.stopped() && after.releasedBy().size() > agreedBefore.size()) {
      return Optional.of(
          new AuditEntry(
              nowNs,
              after.releasedBy().getLast(),
              "writing.release-agreed",
              "writing",
              new Switch(before, after)));
    }
    return Optional.empty();
  }

  /**
   * What changed about control, tag-outs and reservations. The first state that is seen says how
   * they were found, among them what was tagged out or reserved while nobody kept the record.
   */
  public static List<AuditEntry> operations(
      Optional<OperationsState> before, OperationsState after, long nowNs) {
    if (before.isEmpty()) {
      return List.of(
          new AuditEntry(
              nowNs,
              OPERATIONS,
              "operations.state-seen",
              OPERATIONS,
              new Found(after.control(), after.tagOuts(), after.locks(), after.ended())));
    }
    List<AuditEntry> entries = new ArrayList<>();
    Optional<ControlHolder> had = before.get().control();
    Optional<ControlHolder> has = after.control();
    if (!had.equals(has)) {
      entries.add(
          new AuditEntry(
              nowNs,
              has.or(() -> had).map(ControlHolder::person).orElse(""),
              has.isPresent() ? "control.taken" : "control.released",
              "control",
              new Control(had, has)));
    }
    Set<TagOut> old = new HashSet<>(before.get().tagOuts());
    Set<TagOut> now = new HashSet<>(after.tagOuts());
    after.tagOuts().stream()
        .filter(tag -> !old.contains(tag))
        .forEach(tag -> entries.add(tag(nowNs, "tag-out.set", tag)));
    before.get().tagOuts().stream()
        .filter(tag -> !now.contains(tag))
        .forEach(tag -> entries.add(tag(nowNs, "tag-out.lifted", tag)));
    after.locks().stream()
        .filter(lock -> !before.get().locks().contains(lock))
        .forEach(
            lock ->
                entries.add(
                    new AuditEntry(
                        nowNs, lock.owner(), "lock.set", lock.device(), new Lock(lock))));
    List<EndedLock> told = before.get().ended();
    after.ended().stream()
        .filter(end -> !told.contains(end))
        .forEach(end -> entries.add(ended(nowNs, end)));
    before.get().locks().stream()
        .filter(lock -> after.locks().stream().noneMatch(l -> same(l, lock)))
        .filter(lock -> after.ended().stream().noneMatch(end -> same(end.lock(), lock)))
        .forEach(lock -> entries.add(ended(nowNs, lock)));
    return entries;
  }

  private static AuditEntry tag(long nowNs, String action, TagOut tag) {
    return new AuditEntry(nowNs, tag.owner(), action, tag.device(), new Tag(tag));
  }

  /** Who gave the device back, which need not be the owner. */
  private static AuditEntry ended(long nowNs, EndedLock end) {
    return new AuditEntry(
        nowNs,
        end.by().orElse(OPERATIONS),
        end.by().isPresent() ? "lock.released" : "lock.expired",
        end.lock().device(),
        end);
  }

  /** It is gone, and nothing says by whom: operations was started anew in between. */
  private static AuditEntry ended(long nowNs, DeviceLock lock) {
    return new AuditEntry(nowNs, OPERATIONS, "lock.gone", lock.device(), new Lock(lock));
  }

  /** The same reservation, however often it was prolonged. */
  private static boolean same(DeviceLock one, DeviceLock other) {
    return one.device().equals(other.device())
        && one.owner().equals(other.owner())
        && one.sinceNs() == other.sinceNs();
  }

  /** Entries that could not be stored were given up. */
  public static AuditEntry lost(long count, long nowNs) {
    return new AuditEntry(nowNs, "orrery", "record.lost", "audit", new Lost(count));
  }

  /** Content of an entry. */
  public record Gate(Command command, Optional<CommandOutcome> outcome) {}

  /** Content of an entry. */
  public record Switch(Optional<WritingState> before, WritingState after) {}

  /** Content of an entry. */
  public record Control(Optional<ControlHolder> before, Optional<ControlHolder> after) {}

  /** Content of an entry. */
  public record Found(
      Optional<ControlHolder> control,
      List<TagOut> tagOuts,
      List<DeviceLock> locks,
      List<EndedLock> ended) {
    public Found {
      tagOuts = List.copyOf(tagOuts);
      locks = List.copyOf(locks);
      ended = List.copyOf(ended);
    }
  }

  /** Content of an entry. */
  public record Tag(TagOut tag) {}

  /** Content of an entry. */
  public record Lock(DeviceLock lock) {}

  /** Content of an entry. */
  public record Lost(long count) {}
}
