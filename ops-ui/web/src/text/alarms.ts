import type { Alarm } from "../api/types";

const PRIORITY_ORDER: Record<Alarm["priority"], number> = {
  CRITICAL: 0,
  HIGH: 1,
  MEDIUM: 2,
  LOW: 3,
};

/** True while the condition itself lasts. */
export function isActive(alarm: Alarm): boolean {
  return alarm.state === "UNACKNOWLEDGED" || alarm.state === "ACKNOWLEDGED";
}

/** True while the alarm calls for attention. */
export function annunciates(alarm: Alarm): boolean {
  return isActive(alarm) || alarm.state === "RETURNED_UNACKNOWLEDGED";
}

export function needsAcknowledging(alarm: Alarm): boolean {
  return alarm.state === "UNACKNOWLEDGED" || alarm.state === "RETURNED_UNACKNOWLEDGED";
}

/** First what lasts, then by priority, then the oldest first, so that rows do not hop about. */
export function inOrder(alarms: Alarm[]): Alarm[] {
  return [...alarms].sort(
    (a, b) =>
      Number(isActive(b)) - Number(isActive(a)) ||
      Number(b.firstOut) - Number(a.firstOut) ||
      PRIORITY_ORDER[a.priority] - PRIORITY_ORDER[b.priority] ||
      a.raisedMs - b.raisedMs ||
      a.channel.localeCompare(b.channel),
  );
}

/** The worst that lasts now, or null. */
export function worst(alarms: Alarm[]): Alarm | null {
  return (
    alarms
      .filter(isActive)
      .sort((a, b) => PRIORITY_ORDER[a.priority] - PRIORITY_ORDER[b.priority])[0] ?? null
  );
}

/** The alarm that began what lasts: the marked one, even if it is back, or else the oldest. */
export function firstAlarm(alarms: Alarm[]): Alarm | null {
  const active = alarms.filter(isActive);
  if (active.length === 0) {
    return null;
  }
  return (
    alarms.find((alarm) => alarm.firstOut && annunciates(alarm)) ??
    active.sort((a, b) => a.raisedMs - b.raisedMs)[0] ??
    null
  );
}

/** Which other alarm system keeps it, and what is to be known of that; empty where none does. */
export function mirrorWords(alarm: Alarm): string {
  const mirror = alarm.mirror;
  if (mirror === null) {
    return "";
  }
  const words = [`kept in ${mirror.source}`];
  if (mirror.stale) {
    words.push(`${mirror.source} is silent, this is what it said last`);
  }
  if (mirror.awaiting !== null) {
    words.push(`acknowledged by ${mirror.awaiting}, not confirmed by ${mirror.source} yet`);
  }
  if (mirror.detail !== "") {
    words.push(mirror.detail);
  }
  return words.join(" · ");
}
