import type { AlignedData } from "uplot";
import type { Trajectory } from "../../api/types";
import type { Course } from "./measured";

const MINUTE_MS = 60_000;

type Column = (number | null | undefined)[];

/**
 * Both predictions and the measurement over minutes since the plan began. The prediction moves with
 * the beginning; the course without the plan stays where the twin saw it.
 *
 * @param startMs plant time at which the twin let the plan begin
 * @param zeroMs plant time at which it really began, or `startMs` while it has not
 */
export function rehearsalData(
  withPlan: Trajectory,
  without: Trajectory | undefined,
  course: Course,
  startMs: number,
  zeroMs: number,
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
    const at = row((t - zeroMs) / MINUTE_MS);
    at[0] = scaled(low);
    at[1] = scaled(high);
    at[2] = scaled(median);
  }
  for (const [t, low, median, high] of withPlan.points) {
    const at = row((t - startMs) / MINUTE_MS);
    at[3] = scaled(low);
    at[4] = scaled(high);
    at[5] = scaled(median);
  }
  for (const [t, value] of course) {
    row((t - zeroMs) / MINUTE_MS)[6] = scaled(value);
  }
  const minutes = [...rows.keys()].sort((a, b) => a - b);
  const columns = Array.from({ length: 7 }, (_, i) => minutes.map((m) => rows.get(m)?.[i]));
  return [minutes, ...columns] as AlignedData;
}
