import { useEffect, useMemo, useRef, useState } from "react";
import type { AlignedData } from "uplot";
import type { Channel } from "../api/types";
import { book } from "../live/book";
import { isCurrent } from "../live/current";
import { useFacility } from "../live/facility";
import type { Hole } from "../live/past";
import { follow } from "../live/router";
import { WINDOW_MS } from "../live/seriesBook";
import { live, useLive } from "../live/store";
import { limitsIn, quantityOf } from "../text/quantity";
import { presentTwin } from "../text/twin";
import { CutMark } from "./CutShort";
import { Plot, type PlotOptions } from "./Plot";
import {
  choiceAxis,
  INK,
  type LimitLine,
  limitLines,
  line,
  notDrawn,
  roomyRange,
  STEPS,
  timeAxis,
  valueAxis,
} from "./plotStyle";
import { Value } from "./Value";

const REDRAW_MS = 500;

/** A number that changes as often as plots draw again; it stands still while values are stale. */
export function usePlotBeat(): number {
  const [beat, setBeat] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      if (live.get().link.phase === "LIVE" && isCurrent(live.get())) {
        setBeat((before) => before + 1);
      }
    }, REDRAW_MS);
    return () => clearInterval(timer);
  }, []);
  return beat;
}

/** The last hour of one channel: the measurement over the band that the twin expects. */
export function ChannelPlot({ channel, beat }: { channel: Channel; beat: number }) {
  const series = book.of(channel);
  const options = useChannelPlotOptions(channel, WINDOW_MS, () => book.of(channel).hole);
  return (
    <figure className="plot-box">
      <figcaption>
        <a href={`/channels/${channel.id}`} onClick={follow}>
          {channel.description}
        </a>
        <Value id={channel.id} testId={false} />
        <ExpectedMark id={channel.id} />
        {series.hole !== null && <CutMark hole={series.hole} />}
      </figcaption>
      <Plot
        options={options}
        data={() => series.plotData() as AlignedData}
        beat={beat}
        label={`${channel.description}: the last hour with the band that the twin expects`}
        testId={`plot-${channel.id}`}
      />
    </figure>
  );
}

/** Says in words whether the reading lies in the twin's band. */
function ExpectedMark({ id }: { id: string }) {
  const words = useLive((state) => {
    const reading = state.snapshot?.channels[id];
    const band = presentTwin(state.snapshot)?.channels[id];
    if (band === undefined || typeof reading?.v !== "number") {
      return "";
    }
    const outside =
      (band.low !== null && reading.v < band.low) || (band.high !== null && reading.v > band.high);
    return outside ? "outside the twin's band" : "";
  });
  return words === "" ? null : <span className="expected">◇ {words}</span>;
}

/**
 * @param missing what of the past is not drawn, seen whenever the plot draws
 */
export function useChannelPlotOptions(
  channel: Channel,
  windowMs: number,
  missing: () => Hole | null,
): PlotOptions {
  const { zone } = useFacility();
  const mode = useMode();
  const hole = useRef(missing);
  hole.current = missing;
  return useMemo(() => {
    const limits = limitsOf(channel, mode);
    const values = limits.map((limit) => limit.value);
    const least = values.length > 1 ? (Math.max(...values) - Math.min(...values)) / 40 : 0;
    return {
      legend: { show: false },
      cursor: { show: false },
      padding: [8, 18, 0, 0],
      scales: {
        x: { time: true, range: (_, __, max) => lastWindow(max, windowMs) },
        y: {
          range:
            channel.kind === "CHOICE"
              ? [-0.5, Math.max(1, channel.choices.length) - 0.5]
              : roomyRange(least),
        },
      },
      axes: [timeAxis(zone), channel.kind === "CHOICE" ? choiceAxis(channel.choices) : valueAxis()],
      series: [
        {},
        line("twin, lowest", INK.twinLine, 1),
        line("twin, highest", INK.twinLine, 1),
        { ...line("measured", INK.measured, 1.6), ...(channel.kind === "CHOICE" ? STEPS : {}) },
      ],
      bands: [{ series: [2, 1], fill: INK.twinFill }],
      plugins: [notDrawn(() => secondsOf(hole.current())), limitLines(() => limits)],
    };
  }, [channel, zone, windowMs, mode]);
}

function secondsOf(hole: Hole | null): [number, number] | null {
  return hole === null ? null : [hole.fromMs / 1000, hole.toMs / 1000];
}

/** The window that ends now; the data alone would let an empty plot run ahead of the clock. */
function lastWindow(max: number, windowMs: number): [number, number] {
  const now = live.get().snapshot?.plantMs;
  const end = now === undefined ? max : now / 1000;
  return [end - windowMs / 1000, end];
}

/** The detector's present mode; it says which limits hold. */
export function useMode(): string {
  return useLive((state) => state.snapshot?.operations.mode ?? "");
}

export function limitsOf(channel: Channel, mode: string): LimitLine[] {
  const { factor } = quantityOf(channel);
  const { lolo, low, high, hihi } = limitsIn(channel, mode);
  const lines: [number | null, string, boolean, boolean][] = [
    [lolo, "very low alarm", true, false],
    [low, "low alarm", false, true],
    [high, "high alarm", false, false],
    [hihi, "very high alarm", true, true],
  ];
  return lines.flatMap(([value, label, hard, above]) =>
    value === null ? [] : [{ value: value * factor, label, hard, above }],
  );
}
