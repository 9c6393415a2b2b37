import { useMemo } from "react";
import type { AlignedData } from "uplot";
import type { Channel, Proposal, Rehearsal, Trajectory } from "../../api/types";
import { useChannel, useChannels } from "../../live/facility";
import { useLive } from "../../live/store";
import { quantityOf } from "../../text/quantity";
import { AGREEMENT_WORDS } from "../../text/words";
import { limitsOf } from "../ChannelPlot";
import { Plot, type PlotOptions } from "../Plot";
import { INK, type LimitLine, limitLines, line, roomyRange, valueAxis } from "../plotStyle";
import { begun, type Course, useMeasured } from "./measured";
import { rehearsalData } from "./rehearsalData";

const BEFORE_MS = 5 * 60_000;

/** With the plan, without it, and what really happened, on one axis of minutes. */
export function RehearsalPlots({ proposal }: { proposal: Proposal }) {
  const { rehearsal } = proposal;
  if (rehearsal === null) {
    return <p className="nothing">Being rehearsed…</p>;
  }
  if (rehearsal.type === "NOT_REHEARSED") {
    return (
      <p className="problem">
        <strong>Not rehearsed:</strong> {rehearsal.reason}. That makes it a high-risk plan.
      </p>
    );
  }
  return <Rehearsed proposal={proposal} rehearsal={rehearsal} />;
}

type Done = Extract<Rehearsal, { type: "REHEARSED" }>;

function Rehearsed({ proposal, rehearsal }: { proposal: Proposal; rehearsal: Done }) {
  const channels = useChannels();
  const began = useLive((state) => {
    const at = begun(proposal, state.snapshot);
    // To the second, so that jitter of the clocks does not redraw.
    return at === null ? null : Math.round(at / 1000) * 1000;
  });
  const judged = new Set(proposal.plan.steps.flatMap((s) => s.verification.map((l) => l.channel)));
  const shown = [...rehearsal.withPlan].sort(
    (a, b) => Number(judged.has(b.channel)) - Number(judged.has(a.channel)),
  );
  return (
    <>
      <p className="legend">
        <span className="key-with" /> with the plan <span className="key-without" /> without it{" "}
        <span className="key-line" /> measured <span className="key-limit" /> allowed range
      </p>
      <div className="rehearsal-plots">
        {shown.map((trajectory) => (
          <One
            key={trajectory.channel}
            channel={channels.get(trajectory.channel)}
            withPlan={trajectory}
            without={rehearsal.withoutPlan.find((t) => t.channel === trajectory.channel)}
            proposal={proposal}
            startMs={rehearsal.startMs}
            began={began}
          />
        ))}
      </div>
      <p className="alarm-more">
        Bands hold 9 of 10 outcomes. {AGREEMENT_WORDS[rehearsal.agreement]}
        {rehearsal.hypothesis === null ? "" : `, assuming: ${rehearsal.hypothesis}`}; twin version{" "}
        {rehearsal.twinVersion}.{" "}
        {rehearsal.predictedAlarms.length === 0
          ? "No alarm is expected with the plan."
          : `Alarms expected with the plan: ${rehearsal.predictedAlarms.join(", ")}.`}
      </p>
    </>
  );
}

function One({
  channel,
  withPlan,
  without,
  proposal,
  startMs,
  began,
}: {
  channel: Channel | undefined;
  withPlan: Trajectory;
  without: Trajectory | undefined;
  proposal: Proposal;
  startMs: number;
  began: number | null;
}) {
  const described = useChannel(withPlan.channel);
  const quantity = quantityOf(described);
  const zeroMs = began ?? startMs;
  const endMs = zeroMs + (withPlan.points.at(-1)?.[0] ?? startMs) - startMs;
  // What is measured between rehearsal and execution belongs to neither band.
  const course = useMeasured(withPlan.channel, zeroMs - BEFORE_MS, began === null ? startMs : endMs);
  const limits = useMemo(() => drawnLimits(proposal, channel, withPlan.channel), [
    proposal.planHash,
    channel,
    withPlan.channel,
  ]);
  const options = useMemo(() => optionsOf(limits), [limits]);
  const draw = (): AlignedData =>
    rehearsalData(withPlan, without, course, startMs, zeroMs, quantity.factor);
  return (
    <figure className="plot-box">
      <figcaption>
        {channel?.description ?? withPlan.channel}
        <span className="value-unit">{quantity.unit === "" ? withPlan.unit : quantity.unit}</span>
        <Verdict course={course} withPlan={withPlan} startMs={startMs} began={began} />
      </figcaption>
      <Plot
        options={options}
        data={draw}
        beat={course.length + zeroMs}
        label={`${channel?.description ?? withPlan.channel}: predicted with and without the plan, and measured`}
        testId={`plot-${withPlan.channel}`}
      />
    </figure>
  );
}

/** Whether the last measurement lies in the band predicted for the plan. */
function Verdict({
  course,
  withPlan,
  startMs,
  began,
}: {
  course: Course;
  withPlan: Trajectory;
  startMs: number;
  began: number | null;
}) {
  const last = course.at(-1);
  if (began === null || last === undefined || last[1] === null) {
    return null;
  }
  const at = last[0] - began + startMs;
  const point = withPlan.points.filter(([t]) => t <= at).at(-1);
  if (point === undefined) {
    return null;
  }
  const [, low, , high] = point;
  const inside = (low === null || last[1] >= low) && (high === null || last[1] <= high);
  return (
    <span className={inside ? "expected tone-good" : "expected"}>
      {inside ? "● inside the predicted band" : "◇ outside the predicted band"}
    </span>
  );
}

function drawnLimits(proposal: Proposal, channel: Channel | undefined, id: string): LimitLine[] {
  const { factor } = quantityOf(channel);
  const limit = proposal.plan.steps.flatMap((s) => s.verification).findLast((l) => l.channel === id);
  if (limit === undefined) {
    return channel === undefined ? [] : limitsOf(channel);
  }
  const lines: [number | null, string, boolean][] = [
    [limit.low, "allowed range, low", false],
    [limit.high, "allowed range, high", true],
  ];
  return lines.flatMap(([value, label, above]) =>
    value === null ? [] : [{ value: value * factor, label, hard: false, above }],
  );
}

function optionsOf(limits: LimitLine[]): PlotOptions {
  const minutes = valueAxis();
  return {
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 26, 0, 0],
    scales: { x: { time: false }, y: { range: roomyRange(0) } },
    axes: [
      {
        ...minutes,
        size: 24,
        space: 80,
        values: (_, splits) => splits.map((m) => (m === 0 ? "begins" : `${m > 0 ? "+" : ""}${m} min`)),
      },
      valueAxis(),
    ],
    series: [
      {},
      { ...line("without, lowest", INK.withoutPlanFill, 1), spanGaps: true },
      { ...line("without, highest", INK.withoutPlanFill, 1), spanGaps: true },
      { ...line("without the plan", INK.withoutPlan, 1.5), dash: [6, 4], spanGaps: true },
      { ...line("with, lowest", INK.withPlanFill, 1), spanGaps: true },
      { ...line("with, highest", INK.withPlanFill, 1), spanGaps: true },
      { ...line("with the plan", INK.withPlan, 1.5), spanGaps: true },
      { ...line("measured", INK.measured, 2), spanGaps: false },
    ],
    bands: [
      { series: [2, 1], fill: INK.withoutPlanFill },
      { series: [5, 4], fill: INK.withPlanFill },
    ],
    plugins: [limitLines(() => limits)],
  };
}

