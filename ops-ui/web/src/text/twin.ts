import type { Snapshot, Twin } from "../api/types";

const QUIET_WALL_MS = 10_000;
const QUIET_PLANT_MS = 60_000;

/** The twin's word, while it is recent: a twin that fell silent agrees with nothing. */
export function presentTwin(now: Snapshot | null): Twin | null {
  const twin = now?.twin ?? null;
  if (now === null || twin === null) {
    return null;
  }
  const quiet = now.plantMs - twin.atMs;
  return quiet > QUIET_PLANT_MS + QUIET_WALL_MS * now.timeFactor ? null : twin;
}
