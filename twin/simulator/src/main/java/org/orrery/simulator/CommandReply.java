package org.orrery.simulator;

/**
 * Answer to a line of the simulator's own control. Immutable.
 *
 * @param done whether the line was understood and carried out
 * @param text one or more lines for people
 */
public record CommandReply(boolean done, String text) {}
