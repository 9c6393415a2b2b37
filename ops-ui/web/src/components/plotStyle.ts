import uPlot, { type Axis, type Series } from "uplot";
import { minuteText } from "../text/time";

/** Colours of plots; the same names stand in theme.css. */
export const INK = {
  axis: "#a9b6c4",
  grid: "#252c35",
  measured: "#f4f7fa",
  twinLine: "rgba(110, 168, 254, 0.55)",
  twinFill: "rgba(110, 168, 254, 0.26)",
  withPlan: "#57c78a",
  withPlanFill: "rgba(87, 199, 138, 0.28)",
  withoutPlan: "#f2a05a",
  withoutPlanFill: "rgba(242, 160, 90, 0.2)",
  limit: "#f2b84b",
  hardLimit: "#ff7b72",
  missing: "rgba(242, 184, 75, 0.13)",
};

const MISSING = "not drawn";

const FONT = "12px system-ui, sans-serif";

/** A horizontal line that means something. */
export interface LimitLine {
  value: number;
  label: string;
  hard: boolean;
  /** Where its name stands: two limits close together then keep out of each other's way. */
  above: boolean;
}

export function valueAxis(): Axis {
  return {
    stroke: INK.axis,
    font: FONT,
    size: 56,
    grid: { stroke: INK.grid, width: 1 },
    ticks: { show: false },
    space: 28,
    values: (_, splits) => tickTexts(splits),
  };
}

/** An axis of positions, each with its own name. */
export function choiceAxis(choices: string[]): Axis {
  return {
    ...valueAxis(),
    size: 90,
    splits: choices.map((_, i) => i),
    values: (_, splits) => splits.map((i) => choices[i] ?? ""),
  };
}

/** All ticks of an axis with as many decimals as the finest of them needs. */
export function tickTexts(splits: (number | null)[]): string[] {
  const decimals = Math.max(0, ...splits.map((value) => (value === null ? 0 : decimalsOf(value))));
  return splits.map((value) =>
    value === null ? "" : Math.abs(value) < 1e-9 ? "0" : value.toFixed(decimals),
  );
}

function decimalsOf(value: number): number {
  return String(Number(value.toPrecision(6))).split(".")[1]?.length ?? 0;
}

export function timeAxis(zone: string): Axis {
  return {
    stroke: INK.axis,
    font: FONT,
    size: 24,
    grid: { stroke: INK.grid, width: 1 },
    ticks: { show: false },
    space: 70,
    values: (_, splits) => splits.map((second) => minuteText(second * 1000, zone)),
  };
}

/** A choice stays where it is until it changes. */
export const STEPS: Pick<Series, "paths"> =
  uPlot.paths.stepped === undefined ? {} : { paths: uPlot.paths.stepped({ align: 1 }) };

export function line(label: string, stroke: string, width: number): Series {
  return { label, stroke, width, points: { show: false }, spanGaps: false };
}

/** Draws limits as dashed lines with their names, where they fall into the picture. */
export function limitLines(lines: () => LimitLine[]): uPlot.Plugin {
  return {
    hooks: {
      draw: (plot) => {
        const { ctx, bbox } = plot;
        ctx.save();
        ctx.beginPath();
        ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
        ctx.clip();
        ctx.textAlign = "left";
        ctx.textBaseline = "alphabetic";
        ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
        const named: number[] = [];
        for (const limit of lines()) {
          const y = Math.round(plot.valToPos(limit.value, "y", true));
          if (y < bbox.top || y > bbox.top + bbox.height) {
            continue;
          }
          ctx.strokeStyle = limit.hard ? INK.hardLimit : INK.limit;
          ctx.fillStyle = ctx.strokeStyle;
          ctx.lineWidth = devicePixelRatio;
          ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
          ctx.beginPath();
          ctx.moveTo(bbox.left, y);
          ctx.lineTo(bbox.left + bbox.width, y);
          ctx.stroke();
          const fits = y - 15 * devicePixelRatio > bbox.top;
          const shift = (limit.above && fits ? -4 : 12) * devicePixelRatio;
          if (named.every((other) => Math.abs(other - y - shift) > 12 * devicePixelRatio)) {
            ctx.fillText(limit.label, bbox.left + 6 * devicePixelRatio, y + shift);
            named.push(y + shift);
          }
        }
        ctx.restore();
      },
    },
  };
}

/**
 * Shades where something is known to be missing, so that an empty plot is not taken for silence.
 *
 * @param span from and to on the axis of time
 */
export function notDrawn(span: () => [number, number] | null): uPlot.Plugin {
  return {
    hooks: {
      drawAxes: (plot) => {
        const { ctx, bbox } = plot;
        const missing = span();
        if (missing === null) {
          return;
        }
        const end = bbox.left + bbox.width;
        const [from, to] = missing.map((at) =>
          Math.min(end, Math.max(bbox.left, plot.valToPos(at, "x", true))),
        ) as [number, number];
        ctx.save();
        ctx.beginPath();
        ctx.rect(from, bbox.top, to - from, bbox.height);
        ctx.clip();
        ctx.fillStyle = INK.missing;
        ctx.fillRect(from, bbox.top, to - from, bbox.height);
        ctx.fillStyle = INK.axis;
        ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
        ctx.textAlign = "center";
        ctx.textBaseline = "middle";
        if (ctx.measureText(MISSING).width < to - from) {
          ctx.fillText(MISSING, (from + to) / 2, bbox.top + bbox.height / 2);
        }
        ctx.restore();
      },
    },
  };
}

/** A range with air around the data, never so narrow that noise fills the picture. */
export function roomyRange(least: number): uPlot.Range.Function {
  return (_, min, max) => {
    if (min === null || max === null || !Number.isFinite(min) || !Number.isFinite(max)) {
      return [0, 1];
    }
    const middle = (min + max) / 2;
    const span = Math.max((max - min) * 1.3, least, Math.abs(middle) * 1e-4);
    const step = 10 ** Math.floor(Math.log10(span)) / 4;
    return [
      Math.floor((middle - span / 2) / step) * step,
      Math.ceil((middle + span / 2) / step) * step,
    ];
  };
}
