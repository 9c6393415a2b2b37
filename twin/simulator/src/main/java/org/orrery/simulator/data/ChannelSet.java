package org.orrery.simulator.data;

import java.util.BitSet;

/** An immutable set of channel numbers from 0. Thread-safe. */
public final class ChannelSet {
  private static final ChannelSet NONE = new ChannelSet(new BitSet());

  private final BitSet members;

  private ChannelSet(BitSet members) {
    this.members = members;
  }

  /** No channel. */
  public static ChannelSet none() {
    return NONE;
  }

  /** These channels. */
  public static ChannelSet of(int... channels) {
    BitSet members = new BitSet();
    for (int channel : channels) {
      members.set(channel);
    }
    return new ChannelSet(members);
  }

  /** All channels from {@code first} to before {@code end}. */
  public static ChannelSet range(int first, int end) {
    BitSet members = new BitSet();
    members.set(first, end);
    return new ChannelSet(members);
  }

  /** The channels of both. */
  public ChannelSet and(ChannelSet other) {
    BitSet both = (BitSet) members.clone();
    both.or(other.members);
    return new ChannelSet(both);
  }

  /** Whether a channel is among them. */
  public boolean contains(int channel) {
    return members.get(channel);
  }

  /** How many they are. */
  public int size() {
    return members.cardinality();
  }

  long[] words() {
    return members.toLongArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelSet set && members.equals(set.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return members.toString();
  }
}
