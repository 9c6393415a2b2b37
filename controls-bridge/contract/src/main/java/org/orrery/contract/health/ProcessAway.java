package org.orrery.contract.health;

import java.util.Set;

/**
 * Another process of this installation is no longer there.
 *
 * @param rooms what it ran
 * @param why in words for people, with what to do
 * @param sinceNs since when that is known, wall ns
 */
public record ProcessAway(Set<String> rooms, String why, long sinceNs) {
  public ProcessAway {
    rooms = Set.copyOf(rooms);
  }
}
