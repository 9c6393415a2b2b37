import type { History, HistoryPoint } from "../api/types";

/** A time of which the archive has more than was shown: plant ms, the first excluded. */
export interface Hole {
  fromMs: number;
  toMs: number;
}

/** What is known of a channel's past, and what of it is still missing. */
export interface Past {
  points: HistoryPoint[];
  /** Null where nothing is missing. */
  hole: Hole | null;
}

/** Gives the past between two plant times; an answer may be cut. */
export type Ask = (fromMs: number, toMs: number) => Promise<History>;

/** Points of an answer to who wants the rest, hence all of it: the server gives no more. */
export const REST_POINTS = 5_000;

/** Answers that are fetched one after the other before the page says again what is missing. */
export const MOST_ANSWERS = 10;

export const NO_PAST: Past = { points: [], hole: null };

/** The past as an answer about the time up to `toMs` gives it. */
export function pastOf(history: History, toMs: number): Past {
  const fromMs = history.nextMs;
  const cut = history.truncated && fromMs !== null && fromMs < toMs;
  return { points: history.points, hole: cut ? { fromMs, toMs } : null };
}

/** The past with a later answer behind it; what both have is there once. */
export function joined(past: Past, history: History, toMs: number): Past {
  const last = past.points.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY;
  const more = history.points.filter(([t]) => t > last);
  return { points: [...past.points, ...more], hole: pastOf(history, toMs).hole };
}

/** Asks for what is missing, from one cut to the next, and ends where an answer brings nothing. */
export async function fetchRest(past: Past, ask: Ask): Promise<Past> {
  let known = past;
  for (let i = 0; i < MOST_ANSWERS && known.hole !== null; i++) {
    const { fromMs, toMs } = known.hole;
    const next = joined(known, await ask(fromMs, toMs), toMs);
    const further = next.hole === null || next.hole.fromMs > fromMs;
    known = next;
    if (!further) {
      break;
    }
  }
  return known;
}
