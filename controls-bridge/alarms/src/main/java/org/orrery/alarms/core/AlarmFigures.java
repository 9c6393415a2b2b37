package org.orrery.alarms.core;

import java.util.List;
import org.orrery.contract.alarm.AlarmKey;

/**
 * The figures by which an alarm system is judged (ISA-18.2-2016 clause 16; EEMUA 191): a flood
 * begins with more than ten alarms in ten minutes and ends below five, an alarm chatters when it is
 * raised three times or more in a minute, and is stale after standing for 24 hours. All times are
 * plant time.
 *
 * @param raisedLastTenMinutes alarms raised in the last ten minutes
 * @param active alarms that stand for a condition now
 * @param unacknowledged alarms that nobody has acknowledged
 * @param flood whether a flood is on
 * @param floodSinceNs since when; 0 without a flood
 * @param chattering alarms that chatter now
 * @param stale alarms that have stood for more than 24 hours
 */
public record AlarmFigures(
    int raisedLastTenMinutes,
    int active,
    int unacknowledged,
    boolean flood,
    long floodSinceNs,
    List<AlarmKey> chattering,
    int stale) {
  public AlarmFigures {
    chattering = List.copyOf(chattering);
  }
}
