import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { api } from "../../api/client";
import { fetchRest, type Hole, NO_PAST, type Past, pastOf, REST_POINTS } from "../../live/past";
import { drawable } from "../../live/series";
import { live } from "../../live/store";

/** Plant ms and value in the channel's own unit. */
export type Course = [number, number | null][];

const POINTS = 600;

/** What was measured, and what of it is missing because the archive's answer was cut. */
export interface Measured {
  course: Course;
  hole: Hole | null;
  /** Fetches what is missing. */
  rest: () => Promise<void>;
}

/** The measured course of a channel between two plant times: first from the archive, then live. */
export function useMeasured(channel: string, fromMs: number, toMs: number): Measured {
  const [past, setPast] = useState(NO_PAST);
  const [heard, setHeard] = useState<Course>([]);
  const shown = useRef(0);
  useEffect(() => {
    const own = ++shown.current;
    setPast(NO_PAST);
    setHeard([]);
    const now = live.get().snapshot?.plantMs ?? toMs;
    const until = Math.min(toMs, now);
    if (until > fromMs) {
      api.history(channel, fromMs, until, POINTS).then(
        (history) => {
          if (shown.current === own) {
            setPast(pastOf(history, until));
          }
        },
        () => undefined,
      );
    }
    const stop = live.listen((event) => {
      if (event.type !== "tick" && event.type !== "snapshot") {
        return;
      }
      const reading = event.data.channels[channel];
      if (reading !== undefined && reading.t >= fromMs && reading.t <= toMs) {
        setHeard((known) =>
          (known.at(-1)?.[0] ?? 0) < reading.t ? [...known, [reading.t, drawable(reading)]] : known,
        );
      }
    });
    return () => {
      shown.current++;
      stop();
    };
  }, [channel, fromMs, toMs]);
  const rest = useCallback(async () => {
    const own = shown.current;
    const whole = await fetchRest(past, (from, to) => api.history(channel, from, to, REST_POINTS));
    if (shown.current === own) {
      setPast(whole);
    }
  }, [channel, past]);
  const course = useMemo(() => courseOf(past, heard), [past, heard]);
  return { course, hole: past.hole, rest };
}

/** The archived past, then what came live, with a break where something between is missing. */
export function courseOf({ points, hole }: Past, heard: Course): Course {
  const past: Course = points.map(([t, v]) => [t, v]);
  const last = past.at(-1)?.[0] ?? 0;
  const broken: Course = hole === null ? [] : [[last + 1, null]];
  return [...past, ...broken, ...heard.filter(([t]) => t > last)];
}
