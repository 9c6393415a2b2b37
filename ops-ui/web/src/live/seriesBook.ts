import { api } from "../api/client";
import type { Channel } from "../api/types";
import { quantityOf } from "../text/quantity";
import { fetchRest, NO_PAST, pastOf, REST_POINTS } from "./past";
import { Series } from "./series";
import type { LiveEvent } from "./state";
import type { LiveStore } from "./store";

/** How much plant time a live plot shows. */
export const WINDOW_MS = 3_600_000;
const HISTORY_POINTS = 900;

/**
 * The recent past of every channel that some plot has asked for. Kept while the page is open, so
 * that going to and fro between pages loses nothing.
 */
export class SeriesBook {
  private readonly series = new Map<string, Series>();

  constructor(private readonly store: LiveStore) {
    store.listen((event) => this.take(event));
  }

  of(channel: Channel): Series {
    let found = this.series.get(channel.id);
    if (found === undefined) {
      found = new Series(WINDOW_MS, quantityOf(channel).factor);
      this.series.set(channel.id, found);
      this.fill(channel.id, found);
    }
    return found;
  }

  private fill(id: string, series: Series): void {
    const snapshot = this.store.get().snapshot;
    const reading = snapshot?.channels[id];
    if (reading !== undefined) {
      series.push(reading);
    }
    const band = snapshot?.twin?.channels[id];
    if (band !== undefined && snapshot?.twin) {
      series.pushBand(snapshot.twin.atMs, band);
    }
    const nowMs = snapshot?.plantMs;
    if (nowMs !== undefined) {
      // Without an archive the plot simply begins now.
      api.history(id, nowMs - WINDOW_MS, nowMs, HISTORY_POINTS).then(
        (history) => series.preload(pastOf(history, nowMs)),
        () => undefined,
      );
    }
  }

  /** Fetches what is missing because an answer was cut; fails where there is no answer. */
  async rest(channel: Channel): Promise<void> {
    const series = this.of(channel);
    const { hole } = series;
    if (hole !== null) {
      series.goOn(
        await fetchRest({ ...NO_PAST, hole }, (fromMs, toMs) =>
          api.history(channel.id, fromMs, toMs, REST_POINTS),
        ),
      );
    }
  }

  private take(event: LiveEvent): void {
    if (event.type === "snapshot") {
      for (const [id, series] of this.series) {
        series.restart();
        this.fill(id, series);
      }
    }
    if (event.type === "tick") {
      for (const [id, series] of this.series) {
        const reading = event.data.channels[id];
        if (reading !== undefined) {
          series.push(reading);
        }
      }
    }
    if (event.type === "twin") {
      for (const [id, series] of this.series) {
        const band = event.data.channels[id];
        if (band !== undefined) {
          series.pushBand(event.data.atMs, band);
        }
      }
    }
  }
}
