import type { Band, HistoryPoint, Reading } from "../api/types";

type Column = (number | null | undefined)[];

/**
 * Seconds since the epoch, the twin's band (low, high), and the measurement, as a plot takes them:
 * what comes last is drawn on top.
 */
export type PlotData = [times: number[], low: Column, high: Column, measured: Column];

const FINEST_POINTS = 1_800;

/** The number behind a reading, or null where there is none to draw. */
export function drawable(reading: Reading): number | null {
  return reading.q === "DISCONNECTED" || typeof reading.v !== "number" ? null : reading.v;
}

/**
 * The recent past of one channel and of the twin's band for it, bounded by a window of plant time.
 * Points closer together than a pixel of the plot replace each other.
 */
export class Series {
  private readonly times: number[] = [];
  private readonly values: (number | null)[] = [];
  private readonly bandTimes: number[] = [];
  private readonly lows: (number | null)[] = [];
  private readonly highs: (number | null)[] = [];
  private readonly finestMs: number;

  constructor(
    private readonly windowMs: number,
    private readonly factor: number,
  ) {
    this.finestMs = windowMs / FINEST_POINTS;
  }

  push(reading: Reading): void {
    this.add(reading.t, drawable(reading));
  }

  /** Puts the archived past before what has come live already. */
  preload(points: HistoryPoint[]): void {
    const firstLive = this.times[0] ?? Number.POSITIVE_INFINITY;
    const past = points.filter(([t]) => t < firstLive);
    this.times.unshift(...past.map(([t]) => t));
    this.values.unshift(...past.map(([, v]) => (v === null ? null : v * this.factor)));
  }

  /** Updates were missed: the measured past is fetched anew, and the band has a gap. */
  restart(): void {
    this.times.length = 0;
    this.values.length = 0;
    const last = this.bandTimes.at(-1);
    if (last !== undefined) {
      this.pushBand(last + 1, { low: null, median: null, high: null });
    }
  }

  pushBand(atMs: number, band: Band): void {
    const last = this.bandTimes.at(-1);
    if (last !== undefined && atMs <= last) {
      return;
    }
    this.bandTimes.push(atMs);
    this.lows.push(band.low === null ? null : band.low * this.factor);
    this.highs.push(band.high === null ? null : band.high * this.factor);
    this.forget(this.bandTimes, [this.lows, this.highs], atMs);
  }

  /** Measurement and band on one time axis; `undefined` where one of them has no point. */
  plotData(): PlotData {
    const t: number[] = [];
    const v: Column = [];
    const low: Column = [];
    const high: Column = [];
    let i = 0;
    let j = 0;
    while (i < this.times.length || j < this.bandTimes.length) {
      const a = this.times[i] ?? Number.POSITIVE_INFINITY;
      const b = this.bandTimes[j] ?? Number.POSITIVE_INFINITY;
      t.push(Math.min(a, b) / 1000);
      v.push(a <= b ? (this.values[i] ?? null) : undefined);
      low.push(b <= a ? (this.lows[j] ?? null) : undefined);
      high.push(b <= a ? (this.highs[j] ?? null) : undefined);
      i += a <= b ? 1 : 0;
      j += b <= a ? 1 : 0;
    }
    return [t, low, high, v];
  }

  private add(t: number, v: number | null): void {
    const value = v === null ? null : v * this.factor;
    const last = this.times.at(-1);
    if (last !== undefined && t <= last) {
      return;
    }
    const before = this.times.at(-2);
    if (last !== undefined && before !== undefined && last - before < this.finestMs) {
      this.times[this.times.length - 1] = t;
      this.values[this.values.length - 1] = value;
    } else {
      this.times.push(t);
      this.values.push(value);
    }
    this.forget(this.times, [this.values], t);
  }

  private forget(times: number[], columns: (number | null)[][], now: number): void {
    let gone = 0;
    while (gone < times.length && (times[gone] ?? now) < now - this.windowMs) {
      gone++;
    }
    if (gone > 0) {
      times.splice(0, gone);
      columns.forEach((column) => column.splice(0, gone));
    }
  }
}
