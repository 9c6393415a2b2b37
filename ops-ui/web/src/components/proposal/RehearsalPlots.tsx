import { useMemo } from "react";
import type { Channel, Proposal, Rehearsal, Trajectory } from "../../api/types";
import { useChannel } from "../../live/facility";
import { useLive } from "../../live/store";
import { capital } from "../../text/answers";
import { quantityOf } from "../../text/quantity";
import { AGREEMENT_WORDS, percentText } from "../../text/words";
import { CutShort } from "../CutShort";
import { limitsOf, useMode } from "../ChannelPlot";
import { Plot, type PlotOptions } from "../Plot";
import { INK, type LimitLine, limitLines, line, roomyRange, valueAxis } from "../plotStyle";
import { judgedBy, rehearsedAfterMs, writtenMs } from "./alignment";
import { useMeasured } from "./measured";
import { rehearsalData, shareInside } from "./rehearsalData";

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
  const { plan } = proposal;
  // What the last step is judged by comes first: that is what the plan is for.
  const shown = [...rehearsal.withPlan].sort(
    (a, b) => judgedBy(plan, b.channel) - judgedBy(plan, a.channel),
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
            withPlan={trajectory}
            without={rehearsal.withoutPlan.find((t) => t.channel === trajectory.channel)}
            proposal={proposal}
            startMs={rehearsal.startMs}
          />
        ))}
      </div>
      <p className="alarm-more">
        Bands hold 9 of 10 outcomes. Each plot counts from the writing of its step.{" "}
        {capital(AGREEMENT_WORDS[rehearsal.agreement])}
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
  withPlan,
  without,
  proposal,
  startMs,
}: {
  withPlan: Trajectory;
  without: Trajectory | undefined;
  proposal: Proposal;
  startMs: number;
}) {
  const { channel: id } = withPlan;
  const channel = useChannel(id);
  const mode = useMode();
  const quantity = quantityOf(channel);
  const step = judgedBy(proposal.plan, id);
  const rehearsedMs = startMs + rehearsedAfterMs(proposal.plan, step);
  const written = useLive((state) => {
    const at = writtenMs(proposal, step, state.snapshot);
    // To the second, so that jitter of the clocks does not redraw.
    return at === null ? null : Math.round(at / 1000) * 1000;
  });
  const zeroMs = written ?? rehearsedMs;
  const endMs = zeroMs + (withPlan.points.at(-1)?.[0] ?? rehearsedMs) - rehearsedMs;
  // What is measured between rehearsal and execution belongs to neither band.
  const { course, hole, rest } = useMeasured(id, zeroMs - BEFORE_MS, written === null ? startMs : endMs);
  const limits = useMemo(
    () => drawnLimits(proposal, channel, id, mode),
    [proposal.planHash, channel, id, mode],
  );
  const options = useMemo(() => optionsOf(limits, step), [limits, step]);
  const share = written === null ? null : shareInside(withPlan, course, rehearsedMs, zeroMs);
  const title = channel?.description ?? id;
  return (
    <figure className="plot-box">
      <figcaption>
        {title}
        <span className="value-unit">{quantity.unit === "" ? withPlan.unit : quantity.unit}</span>
        {share !== null && <Share share={share} id={id} cut={hole !== null} />}
      </figcaption>
      {hole !== null && <CutShort hole={hole} onRest={rest} channel={id} />}
      <Plot
        options={options}
        data={() => rehearsalData(withPlan, without, course, rehearsedMs, zeroMs, quantity.factor)}
        beat={course.length + zeroMs}
        label={`${title}: predicted with and without the plan, and measured`}
        testId={`plot-${id}`}
      />
    </figure>
  );
}

/**
 * Nine of ten are expected inside; fewer than eight of ten deserve a look, and so does a share of
 * which some readings are missing.
 */
function Share({ share, id, cut }: { share: number; id: string; cut: boolean }) {
  const good = share >= 0.8 && !cut;
  return (
    <span className={good ? "expected tone-good" : "expected"} data-testid={`inside-${id}`}>
      {good ? "●" : "◇"} {percentText(share)} of {cut ? "the readings drawn" : "readings"} inside the
      predicted band
    </span>
  );
}

function drawnLimits(
  proposal: Proposal,
  channel: Channel | undefined,
  id: string,
  mode: string,
): LimitLine[] {
  const { factor } = quantityOf(channel);
  const limit = proposal.plan.steps
    .flatMap((s) => s.verification)
    .findLast((l) => l.channel === id);
  if (limit === undefined) {
    return channel === undefined ? [] : limitsOf(channel, mode);
  }
  const lines: [number | null, string, boolean][] = [
    [limit.low, "allowed range, low", false],
    [limit.high, "allowed range, high", true],
  ];
  return lines.flatMap(([value, label, above]) =>
    value === null ? [] : [{ value: value * factor, label, hard: false, above }],
  );
}

function optionsOf(limits: LimitLine[], step: number): PlotOptions {
  const minutes = valueAxis();
  const tick = (m: number): string =>
    m === 0 ? `step ${step + 1}` : `${m > 0 ? "+" : ""}${m} min`;
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
        values: (_, splits) => splits.map(tick),
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
