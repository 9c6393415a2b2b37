package org.orrery.gateway.core;

import java.util.ArrayList;
import java.util.List;
import org.orrery.contract.Person.Role;
import org.orrery.contract.Reply;
import org.orrery.contract.command.WritingRequest;
import org.orrery.contract.command.WritingState;

/**
 * The rules of the one switch <i>Stop Orrery writing</i>: anyone stops, two different experts
 * release, and a further stop voids what was agreed so far. The state after a release names both.
 * Pure and stateless.
 */
public final class WritingSwitch {
  private static final int PEOPLE_TO_RELEASE = 2;

  private WritingSwitch() {}

  /** Writing is not stopped. */
  public static WritingState released(long wallNs) {
    return new WritingState(false, "", "", wallNs, List.of());
  }

  /** Writing is stopped by this person or thing. */
  public static WritingState stopped(String by, String reason, long wallNs) {
    return stop(released(wallNs), by, reason, wallNs);
  }

  /** This person or thing stops writing, which may be stopped already. */
  public static WritingState stop(WritingState now, String by, String reason, long wallNs) {
    return new WritingState(true, by, reason, now.stopped() ? now.sinceNs() : wallNs, List.of());
  }

  /** The state after a request, or why there is none. */
  public static Reply<WritingState> step(WritingState now, WritingRequest request, long wallNs) {
    return switch (request) {
      case WritingRequest.Stop stop ->
          new Reply.Done<>(stop(now, stop.person().name(), stop.reason(), wallNs));
      case WritingRequest.Release release -> release(now, release, wallNs);
    };
  }

  private static Reply<WritingState> release(
      WritingState now, WritingRequest.Release release, long wallNs) {
    String person = release.person().name();
    if (!now.stopped()) {
      return new Reply.Declined<>("writing is not stopped; there is nothing to release");
    }
    if (!release.person().has(Role.EXPERT)) {
      return new Reply.Declined<>(
          person + " may not release writing; two different people with the role expert do");
    }
    if (now.releasedBy().contains(person)) {
      return new Reply.Declined<>(
          person + " has already agreed; a second, different expert releases writing");
    }
    List<String> agreed = new ArrayList<>(now.releasedBy());
    agreed.add(person);
    return new Reply.Done<>(
        agreed.size() >= PEOPLE_TO_RELEASE
            ? new WritingState(false, "", "", wallNs, agreed)
            : new WritingState(true, now.by(), now.reason(), now.sinceNs(), agreed));
  }
}
