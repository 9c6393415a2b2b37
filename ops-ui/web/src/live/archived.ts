import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "../api/client";
import { fetchRest, joined, NO_PAST, type Past, pastOf, REST_POINTS } from "./past";
import { live } from "./store";

const POINTS = 1_500;
const AGAIN_MS = 10_000;

/** The past of a channel from the archive, up to now, however many answers it takes. */
export class ArchivedPast {
  private past = NO_PAST;
  /** Out of several answers: it is carried on, as the whole would be cut again. */
  private pieced = false;
  private ended = false;

  /**
   * @param windowMs how long a past, plant ms
   * @param show is told whenever it changed
   */
  constructor(
    private readonly channel: string,
    private readonly windowMs: number,
    private readonly show: (past: Past) => void,
  ) {}

  /** Brings it up to now. What was cut stays so until somebody asks for the rest, up to now. */
  async look(): Promise<void> {
    const nowMs = live.get().snapshot?.plantMs;
    if (nowMs === undefined) {
      return;
    }
    if (this.past.hole !== null) {
      this.take({ ...this.past, hole: { ...this.past.hole, toMs: nowMs } });
      return;
    }
    const fromMs = nowMs - this.windowMs;
    const last = this.pieced ? this.past.points.at(-1)?.[0] : undefined;
    const history = await api.history(this.channel, last ?? fromMs, nowMs, POINTS);
    const { points, hole } =
      last === undefined ? pastOf(history, nowMs) : joined(this.past, history, nowMs);
    this.take({ points: points.filter(([t]) => t >= fromMs), hole });
  }

  /** Fetches what is missing. */
  async rest(): Promise<void> {
    const { channel } = this;
    const past = await fetchRest(this.past, (fromMs, toMs) =>
      api.history(channel, fromMs, toMs, REST_POINTS),
    );
    this.pieced = true;
    this.take(past);
  }

  /** Nobody looks at it any more. */
  end(): void {
    this.ended = true;
  }

  private take(past: Past): void {
    if (!this.ended) {
      this.past = past;
      this.show(past);
    }
  }
}

/**
 * The past of a channel from the archive, kept up to date, and how to fetch what is missing of it.
 *
 * @param windowMs how long a past, plant ms; 0 for none
 */
export function useArchived(channel: string, windowMs: number): [Past, () => Promise<void>] {
  const [past, setPast] = useState(NO_PAST);
  const kept = useRef<ArchivedPast | null>(null);
  useEffect(() => {
    setPast(NO_PAST);
    if (windowMs === 0) {
      return undefined;
    }
    const own = new ArchivedPast(channel, windowMs, setPast);
    kept.current = own;
    // Without an archive there is nothing to draw; the next look may find it back.
    const look = (): void => void own.look().catch(() => undefined);
    look();
    const timer = setInterval(look, AGAIN_MS);
    return () => {
      own.end();
      clearInterval(timer);
    };
  }, [channel, windowMs]);
  const rest = useCallback(() => kept.current?.rest() ?? Promise.resolve(), []);
  return [past, rest];
}
