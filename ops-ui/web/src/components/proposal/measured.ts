import { useEffect, useState } from "react";
import { api } from "../../api/client";
import { drawable } from "../../live/series";
import { live } from "../../live/store";

/** Plant ms and value in the channel's own unit. */
export type Course = [number, number | null][];

const POINTS = 600;

/** The measured course of a channel between two plant times: first from the archive, then live. */
export function useMeasured(channel: string, fromMs: number, toMs: number): Course {
  const [course, setCourse] = useState<Course>([]);
  useEffect(() => {
    let ended = false;
    setCourse([]);
    const now = live.get().snapshot?.plantMs ?? toMs;
    const until = Math.min(toMs, now);
    if (until > fromMs) {
      api.history(channel, fromMs, until, POINTS).then(
        (history) => {
          if (!ended) {
            const past: Course = history.points.map(([t, v]) => [t, v]);
            setCourse((known) => [...past, ...known.filter(([t]) => t > (past.at(-1)?.[0] ?? 0))]);
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
        setCourse((known) =>
          (known.at(-1)?.[0] ?? 0) < reading.t ? [...known, [reading.t, drawable(reading)]] : known,
        );
      }
    });
    return () => {
      ended = true;
      stop();
    };
  }, [channel, fromMs, toMs]);
  return course;
}
