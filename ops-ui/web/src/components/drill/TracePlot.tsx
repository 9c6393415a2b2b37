import { useMemo } from "react";
import type uPlot from "uplot";
import type { AlignedData } from "uplot";
import type { DrillDebrief, DrillTrace } from "../../api/types";
import { useChannel } from "../../live/facility";
import { type Mark, marksOf } from "../../text/drill";
import { quantityOf } from "../../text/quantity";
import { Plot, type PlotOptions } from "../Plot";
import { choiceAxis, INK, line, roomyRange, STEPS, timeAxis, valueAxis } from "../plotStyle";

const MARK_INK: Record<Mark["tone"], string> = {
  fault: "#ff7b72",
  orrery: "#d2a8ff",
  trainee: "#8fbcff",
  good: "#6fcf97",
};
const ROWS = 4;
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
      padding: [ROWS * ROW_PX + 4, 8, 0, 0],
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

/** Vertical lines with their names above the picture, in rows so that names keep apart. */
function markLines(marks: Mark[]): uPlot.Plugin {
  return {
    hooks: {
      draw: (plot) => {
        const { ctx, bbox } = plot;
        const ratio = devicePixelRatio;
        const ends: number[] = Array.from({ length: ROWS }, () => -Infinity);
        ctx.save();
        ctx.font = `${11 * ratio}px system-ui, sans-serif`;
        ctx.textBaseline = "alphabetic";
        ctx.lineWidth = ratio;
        for (const mark of marks) {
          const x = Math.round(plot.valToPos(mark.minute, "x", true));
          const width = ctx.measureText(mark.label).width;
          const left = Math.min(x + 3 * ratio, bbox.left + bbox.width - width);
          const free = ends.findIndex((end) => end + 6 * ratio < left);
          const row = free === -1 ? ROWS - 1 : free;
          ends[row] = left + width;
          const y = bbox.top - (row * ROW_PX + 4) * ratio;
          ctx.strokeStyle = MARK_INK[mark.tone];
          ctx.fillStyle = MARK_INK[mark.tone];
          ctx.setLineDash([5 * ratio, 3 * ratio]);
          ctx.beginPath();
          ctx.moveTo(x, y - 8 * ratio);
          ctx.lineTo(x, bbox.top + bbox.height);
          ctx.stroke();
          ctx.fillText(mark.label, left, y);
        }
        ctx.restore();
      },
    },
  };
}
