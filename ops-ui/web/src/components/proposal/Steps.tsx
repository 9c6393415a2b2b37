import { useState } from "react";
import type {
  Channel,
  Outcome,
  Precondition,
  Proposal,
  Step,
  VerificationLimit,
} from "../../api/types";
import { useChannel, useChannels } from "../../live/facility";
import { useCurrent } from "../../live/current";
import { useLive } from "../../live/store";
import { displayText, rangeText } from "../../text/quantity";
import { durationText } from "../../text/time";
import { OUTCOME_WORDS, type Tone } from "../../text/words";
import { Shape } from "../Signs";
import { Value } from "../Value";

/** Longer plans are told line by line, each line opening to the whole step. */
const NAMED = 12;

/** Every step with what it changes, what must hold, what counts as success, and the way back. */
export function Steps({ proposal, show }: { proposal: Proposal; show: (from: number) => void }) {
  const { plan } = proposal;
  const ahead = !proposal.state.terminal && proposal.record.length === 0;
  return (
    <>
      <p className="steps-all">
        <strong>
          {plan.stepCount} {plan.stepCount === 1 ? "write" : "writes, one after the other"}
        </strong>
        {plan.stepCount <= NAMED && `: ${plan.steps.map((step) => step.title).join(", then ")}`}.
      </p>
      <Pages proposal={proposal} show={show} />
      <ol className="steps">
        {plan.steps.map((step, i) => {
          const index = plan.firstStep + i;
          return plan.stepCount > NAMED ? (
            <Folded key={`${index} ${step.channel}`} step={step} index={index} proposal={proposal} />
          ) : (
            <StepRow
              key={`${index} ${step.channel}`}
              step={step}
              index={index}
              proposal={proposal}
            />
          );
        })}
      </ol>
      <Conditions
        title="Checked again before anything is written"
        conditions={plan.preconditions}
        ahead={ahead}
      />
      <p className="alarm-more hash" title={plan.hash}>
        Approval binds to exactly this plan, {plan.hash.slice(0, 16)}…
      </p>
    </>
  );
}

/** A plan of thousands of steps comes in pieces; people can go through all of them. */
function Pages({ proposal, show }: { proposal: Proposal; show: (from: number) => void }) {
  const { firstStep, steps, stepCount } = proposal.plan;
  if (steps.length === stepCount) {
    return null;
  }
  return (
    <p className="step-pages">
      Steps {firstStep + 1} to {firstStep + steps.length} of {stepCount}{" "}
      <button type="button" disabled={firstStep === 0} onClick={() => show(firstStep - steps.length)}>
        Earlier
      </button>{" "}
      <button
        type="button"
        disabled={firstStep + steps.length === stepCount}
        onClick={() => show(firstStep + steps.length)}
      >
        Later
      </button>
    </p>
  );
}

/** One line of a long plan; it opens to all that stands behind it. */
function Folded({ step, index, proposal }: { step: Step; index: number; proposal: Proposal }) {
  const [open, setOpen] = useState(false);
  const channel = useChannel(step.channel);
  const standing = standingOf(index, proposal);
  const current = useCurrent();
  return open || standing.tone === "bad" ? (
    <StepRow step={step} index={index} proposal={proposal} />
  ) : (
    <li className="step-folded" data-testid="step-folded">
      <button type="button" className="quiet" onClick={() => setOpen(true)}>
        <span className="step-number">{index + 1}</span> {step.title}{" "}
        {isAhead(index, proposal) && step.current !== null && (
          <span className="soft">
            {current ? "now" : "STALE"} {displayText(channel, step.current)}
            <span aria-label="becomes"> → </span>
          </span>
        )}
        <strong>{displayText(channel, step.display, step.unit)}</strong>{" "}
        <span className={`mark tone-${standing.tone}`}>
          <Shape tone={standing.tone} /> {standing.words}
        </span>
      </button>
    </li>
  );
}

function StepRow({ step, index, proposal }: { step: Step; index: number; proposal: Proposal }) {
  const channels = useChannels();
  const channel = channels.get(step.channel);
  const current = useLive((state) => state.snapshot?.channels[step.channel]?.d) ?? step.current;
  const fresh = useCurrent();
  const standing = standingOf(index, proposal);
  const ahead = isAhead(index, proposal);
  return (
    <li className={`step tone-edge-${standing.tone}`} data-testid="step-row">
      <div className="step-head">
        <span className="step-number">{index + 1}</span>
        <strong>{step.title}</strong>
        <span className={`mark tone-${standing.tone}`}>
          <Shape tone={standing.tone} /> {standing.words}
        </span>
      </div>
      <div className="step-change">
        <code>{channel?.pv ?? step.channel}</code>{" "}
        {ahead && (
          <span className="old">
            {fresh ? "now" : "STALE"} {current === null ? "not heard" : displayText(channel, current)}
            <span aria-label="becomes"> → </span>
          </span>
        )}
        <strong className="new">{displayText(channel, step.display, step.unit)}</strong>
      </div>
      <Conditions title="Only if" conditions={step.preconditions} ahead={ahead} />
      {step.verification.length > 0 && (
        <div className="limits">
          <h4>Counts as done when</h4>
          <ul>
            {step.verification.map((limit) => (
              <Limit
                key={limit.channel}
                limit={limit}
                channel={channels.get(limit.channel)}
                watched={!proposal.state.terminal}
              />
            ))}
          </ul>
        </div>
      )}
      <dl className="step-more">
        <dt>If it misses</dt>
        <dd>{step.holdState}</dd>
        <dt>Way back</dt>
        <dd>
          {step.undo === null
            ? "none declared safe"
            : `on an expert's word, never by itself: set to ${displayText(channel, step.undo.display, step.unit)} (safe: ${step.undo.because})`}
        </dd>
      </dl>
      {step.undo !== null && (
        <Conditions
          title="Way back only if"
          conditions={step.undo.preconditions}
          ahead={!proposal.state.terminal}
        />
      )}
    </li>
  );
}

function Limit({
  limit,
  channel,
  watched,
}: {
  limit: VerificationLimit;
  channel: Channel | undefined;
  watched: boolean;
}) {
  const hold = limit.holdMs > 0 ? `, and stays for ${durationText(limit.holdMs)}` : "";
  return (
    <li>
      {channel?.description ?? limit.channel}: allowed range{" "}
      <strong>{rangeText(channel, limit.low, limit.high, limit.unit)}</strong> within{" "}
      {durationText(limit.withinMs)}
      {hold}
      {watched && (
        <>
          {" "}
          (now <Value id={limit.channel} testId={false} />)
        </>
      )}
    </li>
  );
}

/** `ahead`: they still have to hold, so what is read now matters. */
function Conditions({
  title,
  conditions,
  ahead,
}: {
  title: string;
  conditions: Precondition[];
  ahead: boolean;
}) {
  if (conditions.length === 0) {
    return null;
  }
  return (
    <div className="conditions">
      <h4>{title}</h4>
      <ul>
        {conditions.map((condition, i) => (
          <Condition key={`${i} ${condition.channel}`} condition={condition} ahead={ahead} />
        ))}
      </ul>
    </div>
  );
}

function Condition({ condition, ahead }: { condition: Precondition; ahead: boolean }) {
  const channel = useChannels().get(condition.channel);
  const wanted = condition.shows ?? wantedOf(condition, channel);
  return (
    <li>
      {channel?.description ?? condition.channel} is <strong>{wanted}</strong>
      <span className="alarm-more">
        {" "}
        ({condition.because}
        {ahead && (
          <>
            ; now <Value id={condition.channel} testId={false} />
          </>
        )}
        )
      </span>
    </li>
  );
}

function wantedOf({ low, high }: Precondition, channel: Channel | undefined): string {
  if (channel?.kind === "CHOICE" && typeof low === "number" && typeof high === "number") {
    return channel.choices.slice(low, high + 1).join(" or ");
  }
  return rangeText(channel, low, high);
}

function outcomeOf(index: number, proposal: Proposal): Outcome | undefined {
  return proposal.record
    .filter((record) => record.step === index && !record.undo)
    .at(-1)
    ?.outcomes.at(-1);
}

/** Still to be written, so what the channel shows now is what it changes from. */
function isAhead(index: number, proposal: Proposal): boolean {
  return !proposal.state.terminal && outcomeOf(index, proposal) === undefined;
}

function standingOf(index: number, proposal: Proposal): { tone: Tone; words: string } {
  const { state } = proposal;
  const outcome = outcomeOf(index, proposal);
  if (state.type === "EXECUTING" && state.step === index) {
    const words = {
      WRITING: "being written",
      RESOLVING: "being written",
      VERIFYING: "checking the effect",
      WAITING: "done, the next step waits for its turn",
    };
    return { tone: "act", words: words[state.phase ?? "WRITING"] };
  }
  if (state.type === "HELD" && state.step === index) {
    return { tone: "bad", words: "held here" };
  }
  if (outcome === undefined) {
    return { tone: "calm", words: state.terminal ? "not done" : "to do" };
  }
  const tones: Record<typeof outcome.type, Tone> = {
    CONFIRMED: "good",
    REFUSED: "bad",
    UNKNOWN: "unknown",
  };
  return { tone: tones[outcome.type], words: OUTCOME_WORDS[outcome.type] };
}
