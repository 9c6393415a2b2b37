import type { Band, Reading } from "../api/types";
import type { Hole, Past } from "./past";

export type Column = (number | null | undefined)[];

/**
 * Seconds since the epoch, the twin's band (low, high), and the measurement, as a plot takes them:
 * what comes last is drawn on top.
 */
export type PlotData = [times: number[], low: Column, high: Column, measured: Column];

const FINEST_POINTS = 1_800;

/**
 * What a column has where others have a point and it has none: a line is drawn over `undefined`,
 * and a gap lasts only as long as `null` follows `null`.
 */
export function between(column: Column): null | undefined {
  return column.at(-1) === null ? null : undefined;
}

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
  private missing: Hole | null = null;

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
  preload(past: Past): void {
    this.insert(past, this.times[0] ?? Number.POSITIVE_INFINITY);
  }

  /** What of the archived past is not there, because the archive's answer was cut. */
  get hole(): Hole | null {
    return this.missing;
  }

  /** Puts what the archive had more where it was missing. */
  goOn(past: Past): void {
    if (this.missing !== null) {
      this.insert(past, this.missing.toMs);
    }
  }

  private insert({ points, hole }: Past, beforeMs: number): void {
    const live = this.times.findIndex((t) => t >= beforeMs);
    const at = live < 0 ? this.times.length : live;
    const known = this.times[at - 1] ?? Number.NEGATIVE_INFINITY;
    const past = points.filter(([t]) => t > known && t < beforeMs);
    this.times.splice(at, 0, ...past.map(([t]) => t));
    this.values.splice(at, 0, ...past.map(([, v]) => (v === null ? null : v * this.factor)));
    const toMs = Math.min(hole?.toMs ?? beforeMs, beforeMs);
    this.missing = hole !== null && hole.fromMs < toMs ? { fromMs: hole.fromMs, toMs } : null;
  }

  /** Updates were missed: the measured past is fetched anew, and the band has a gap. */
  restart(): void {
    this.times.length = 0;
    this.values.length = 0;
    this.missing = null;
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

  /** Measurement and band on one time axis; `undefined` where a line leads on without a point. */
  plotData(): PlotData {
    const [times, values] = this.broken();
    const t: number[] = [];
    const v: Column = [];
    const low: Column = [];
    const high: Column = [];
    let i = 0;
    let j = 0;
    while (i < times.length || j < this.bandTimes.length) {
      const a = times[i] ?? Number.POSITIVE_INFINITY;
      const b = this.bandTimes[j] ?? Number.POSITIVE_INFINITY;
      t.push(Math.min(a, b) / 1000);
      v.push(a <= b ? (values[i] ?? null) : between(v));
      low.push(b <= a ? (this.lows[j] ?? null) : between(low));
      high.push(b <= a ? (this.highs[j] ?? null) : between(high));
      i += a <= b ? 1 : 0;
      j += b <= a ? 1 : 0;
    }
    return [t, low, high, v];
  }

  /** The measurement, with a break where something is missing: no line may lead over it. */
  private broken(): [number[], (number | null)[]] {
    if (this.missing === null) {
      return [this.times, this.values];
    }
    const { toMs } = this.missing;
    const later = this.times.findIndex((t) => t >= toMs);
    const at = later < 0 ? this.times.length : later;
    const last = this.times[at - 1] ?? this.missing.fromMs;
    return [this.times.toSpliced(at, 0, last + 1), this.values.toSpliced(at, 0, null)];
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
    if (this.missing !== null && this.missing.toMs <= t - this.windowMs) {
      this.missing = null;
    }
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
