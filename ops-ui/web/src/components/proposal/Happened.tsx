import type { Check, Outcome, Proposal, StepRecord } from "../../api/types";
import { useChannels, useFacility } from "../../live/facility";
import { displayText, rangeText, withUnit } from "../../text/quantity";
import { clockText } from "../../text/time";
import { OUTCOME_WORDS, reasonWords, type Tone } from "../../text/words";
import { Shape } from "../Signs";

const TONES: Record<Outcome["type"], Tone> = {
  CONFIRMED: "good",
  REFUSED: "bad",
  UNKNOWN: "unknown",
};

const LATEST = 20;

/** What became of each write: nothing here is shown as done unless it was read back. */
export function Happened({ proposal }: { proposal: Proposal }) {
  if (proposal.record.length === 0) {
    return (
      <p className="nothing" data-testid="nothing-written">
        Nothing has been written.
      </p>
    );
  }
  const shown = newsOf(proposal.record);
  return (
    <div className="happened">
      <h3>What happened</h3>
      {shown.length < proposal.record.length && (
        <p className="soft">
          {proposal.record.length - shown.length} writes that were confirmed before are not shown
          here.
        </p>
      )}
      <ol>
        {shown.map((record) => (
          <Entry key={record.command} record={record} proposal={proposal} />
        ))}
      </ol>
    </div>
  );
}

/** The latest writes of many, and every one with trouble. */
function newsOf(record: StepRecord[]): StepRecord[] {
  return record.filter(
    (each, i) =>
      i >= record.length - LATEST ||
      each.outcomes.at(-1)?.type !== "CONFIRMED" ||
      each.checks.some((check) => !check.passed),
  );
}

function Entry({ record, proposal }: { record: StepRecord; proposal: Proposal }) {
  const { zone } = useFacility();
  const channels = useChannels();
  const step = proposal.plan.steps[record.step - proposal.plan.firstStep];
  const channel = step === undefined ? undefined : channels.get(step.channel);
  return (
    <li>
      <strong>
        {record.undo ? "Way back of step" : "Step"} {record.step + 1}
      </strong>
      {record.outcomes.length === 0 && " sent, no outcome yet"}
      {record.outcomes.map((outcome, i) => (
        <p
          key={`${i} ${outcome.atMs}`}
          className={`outcome tone-${TONES[outcome.type]}`}
          data-testid="outcome"
        >
          <Shape tone={TONES[outcome.type]} /> <strong>{OUTCOME_WORDS[outcome.type]}</strong>{" "}
          {outcome.readback !== undefined &&
            `read back ${displayText(channel, outcome.readback, step?.unit)}`}
          {outcome.reason !== undefined && `${reasonWords(outcome.reason)}: `}
          {outcome.detail ?? ""}{" "}
          <span className="alarm-more">{clockText(outcome.atMs, zone)} plant time</span>
        </p>
      ))}
      {record.checks.map((check) => {
        const checked = channels.get(check.channel);
        return (
          <p key={check.channel} className={`outcome tone-${check.passed ? "good" : "bad"}`}>
            <Shape tone={check.passed ? "good" : "bad"} /> {checked?.description ?? check.channel}:{" "}
            {check.observed === null ? "nothing observed" : withUnit(checked, check.observed)},{" "}
            {inside(check) ? "inside" : "OUTSIDE"} its allowed range{" "}
            {rangeText(checked, check.low, check.high)}
            {inside(check) && !check.passed && ", but TOO LATE or silent since"}{" "}
            <span className="alarm-more">{clockText(check.atMs, zone)} plant time</span>
          </p>
        );
      })}
    </li>
  );
}

/** What was seen last; it may have come too late all the same. */
function inside({ observed, low, high }: Check): boolean {
  return observed !== null && (low === null || observed >= low) && (high === null || observed <= high);
}
