import { useMemo } from "react";
import type uPlot from "uplot";
import type { AlignedData } from "uplot";
import type { DrillDebrief, DrillTrace } from "../../api/types";
import { useChannel } from "../../live/facility";
import { type Mark, marksOf } from "../../text/drill";
import { quantityOf } from "../../text/quantity";
import { durationText } from "../../text/time";
import { Plot, type PlotOptions } from "../Plot";
import { choiceAxis, INK, line, roomyRange, STEPS, timeAxis, valueAxis } from "../plotStyle";

const MARK_INK: Record<Mark["tone"], string> = {
  fault: "#ff7b72",
  orrery: "#d2a8ff",
  trainee: "#8fbcff",
  good: "#6fcf97",
};
const ROWS = 5;
const ROW_PX = 14;

/** One channel over the whole drill, with the moments that mattered. */
export function TracePlot({
  trace,
  debrief,
  startMs,
}: {
  trace: DrillTrace;
  debrief: DrillDebrief;
  startMs: number;
}) {
  const channel = useChannel(trace.channel);
  const data = useMemo((): AlignedData => {
    const { factor } = quantityOf(channel);
    return [
      trace.points.map(([atMs]) => (atMs - startMs) / 60_000),
      trace.points.map(([, value]) => (value === null ? null : value * factor)),
    ];
  }, [trace, channel, startMs]);
  const options = useMemo((): PlotOptions => {
    const marks = marksOf(debrief, startMs);
    const choices = channel?.kind === "CHOICE" ? channel.choices : null;
    const { elapsedMs } = debrief.loss;
    return {
      legend: { show: false },
      cursor: { show: false },
      padding: [ROWS * ROW_PX + 4, 22, 0, 0],
      scales: {
        x: { time: false, range: () => [0, Math.max(1, elapsedMs / 60_000)] },
        y: { range: choices === null ? roomyRange(0) : [-0.5, choices.length - 0.5] },
      },
      axes: [
        { ...timeAxis("UTC"), values: (_, splits) => splits.map((minute) => `${minute} min`) },
        choices === null ? valueAxis() : choiceAxis(choices),
      ],
      series: [
        {},
        { ...line("measured", INK.measured, 1.8), ...(choices === null ? {} : STEPS) },
      ],
      plugins: [markLines(marks)],
    };
  }, [channel, debrief, startMs]);
  const { unit } = quantityOf(channel);
  return (
    <figure className="plot-box">
      <figcaption>
        <strong>{channel?.description ?? trace.channel}</strong>
        <span className="soft">{unit}</span>
      </figcaption>
      <Plot
        options={options}
        data={() => data}
        beat={0}
        label={`${channel?.description ?? trace.channel} over the drill`}
        testId={`drill-plot-${trace.channel}`}
      />
    </figure>
  );
}

/** Vertical lines with their numbers above the picture, in rows so that numbers keep apart. */
function markLines(marks: Mark[]): uPlot.Plugin {
  return {
    hooks: {
      draw: (plot) => {
        const { ctx, bbox } = plot;
        const ratio = devicePixelRatio;
        const ends: number[] = Array.from({ length: ROWS }, () => -Infinity);
        ctx.save();
        ctx.font = `bold ${11 * ratio}px system-ui, sans-serif`;
        ctx.textBaseline = "alphabetic";
        ctx.textAlign = "center";
        ctx.lineWidth = ratio;
        ctx.setLineDash([5 * ratio, 3 * ratio]);
        for (const mark of marks) {
          const x = Math.round(plot.valToPos(mark.minute, "x", true));
          const half = ctx.measureText(String(mark.number)).width / 2;
          const free = ends.findIndex((end) => end + 3 * ratio < x - half);
          const row = free === -1 ? ROWS - 1 : free;
          ends[row] = x + half;
          const y = bbox.top - (row * ROW_PX + 4) * ratio;
          ctx.strokeStyle = MARK_INK[mark.tone];
          ctx.fillStyle = MARK_INK[mark.tone];
          ctx.beginPath();
          ctx.moveTo(x, y + 2 * ratio);
          ctx.lineTo(x, bbox.top + bbox.height);
          ctx.stroke();
          ctx.fillText(String(mark.number), x, y);
        }
        ctx.restore();
      },
    },
  };
}

/** What the numbers in the plots mean. */
export function MarkLegend({ debrief, startMs }: { debrief: DrillDebrief; startMs: number }) {
  return (
    <ol className="mark-legend">
      {marksOf(debrief, startMs).map((mark) => (
        <li key={mark.number}>
          <strong style={{ color: MARK_INK[mark.tone] }}>{mark.number}</strong> {mark.label}{" "}
          <span className="soft">+{durationText(mark.minute * 60_000)}</span>
        </li>
      ))}
    </ol>
  );
}
