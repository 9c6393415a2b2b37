import type { AlignedData } from "uplot";
import type { Trajectory } from "../../api/types";
import { between, type Column } from "../../live/series";
import type { Course } from "./measured";

const MINUTE_MS = 60_000;

/**
 * Both predictions and the measurement over minutes since a step was written, so that what was
 * predicted for the step lies over what became of it, however long people took to decide.
 *
 * @param rehearsedMs plant time at which the twin wrote the step
 * @param writtenMs plant time at which it was really written, or `rehearsedMs` while it was not
 */
export function rehearsalData(
  withPlan: Trajectory,
  without: Trajectory | undefined,
  course: Course,
  rehearsedMs: number,
  writtenMs: number,
  factor: number,
): AlignedData {
  const rows = new Map<number, Column>();
  const row = (minutes: number): Column => {
    let found = rows.get(minutes);
    if (found === undefined) {
      found = [undefined, undefined, undefined, undefined, undefined, undefined, undefined];
      rows.set(minutes, found);
    }
    return found;
  };
  const scaled = (value: number | null): number | null => (value === null ? null : value * factor);
  for (const [t, low, median, high] of without?.points ?? []) {
    const at = row((t - rehearsedMs) / MINUTE_MS);
    at[0] = scaled(low);
    at[1] = scaled(high);
    at[2] = scaled(median);
  }
  for (const [t, low, median, high] of withPlan.points) {
    const at = row((t - rehearsedMs) / MINUTE_MS);
    at[3] = scaled(low);
    at[4] = scaled(high);
    at[5] = scaled(median);
  }
  for (const [t, value] of course) {
    row((t - writtenMs) / MINUTE_MS)[6] = scaled(value);
  }
  const minutes = [...rows.keys()].sort((a, b) => a - b);
  const columns = Array.from({ length: 7 }, (_, i) => {
    const column: Column = [];
    for (const m of minutes) {
      const value = rows.get(m)?.[i];
      column.push(value === undefined ? between(column) : value);
    }
    return column;
  });
  return [minutes, ...columns] as AlignedData;
}

/** Whether a measurement lies in the band that was predicted for its time; null outside of it. */
export function insideBand(
  withPlan: Trajectory,
  measured: Course[number],
  rehearsedMs: number,
  writtenMs: number,
): boolean | null {
  const at = measured[0] - writtenMs + rehearsedMs;
  const last = withPlan.points.at(-1);
  const point = withPlan.points.filter(([t]) => t <= at).at(-1);
  if (
    point === undefined ||
    last === undefined ||
    at > last[0] + MINUTE_MS ||
    measured[1] === null
  ) {
    return null;
  }
  const [, low, , high] = point;
  return (low === null || measured[1] >= low) && (high === null || measured[1] <= high);
}

/** How much of what was measured since the writing lies in the predicted band; null before. */
export function shareInside(
  withPlan: Trajectory,
  course: Course,
  rehearsedMs: number,
  writtenMs: number,
): number | null {
  const judged = course
    .filter(([t]) => t >= writtenMs)
    .map((measured) => insideBand(withPlan, measured, rehearsedMs, writtenMs))
    .filter((inside) => inside !== null);
  return judged.length === 0 ? null : judged.filter(Boolean).length / judged.length;
}
