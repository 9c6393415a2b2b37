package org.orrery.contract.health;

/**
 * How a room is.
 *
 * @param room the room's name, for example {@code archive}
 * @param status up, degraded or down
 * @param detail why, and what people can do; empty when up
 * @param sinceNs since when, wall ns
 */
public record RoomHealth(String room, Status status, String detail, long sinceNs) {
  /** How a room is. */
  public enum Status {
    UP,
    DEGRADED,
    DOWN
  }
}
