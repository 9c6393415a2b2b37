import { useState } from "react";
import { api } from "../../api/client";
import type { DryRun } from "../../api/puts";
import type { Proposal } from "../../api/types";
import { useFacility } from "../../live/facility";
import { onShift, session, useUser } from "../../live/session";
import { live } from "../../live/store";
import { clockText, offsetText } from "../../text/time";
import { reasonWords } from "../../text/words";
import { Problem } from "../Problem";
import { SignInDialog } from "../SignIn";
import { Shape } from "../Signs";

/** Asks the gate what it would say to the plan now; nothing is written and nothing decided. */
export function WouldTheGate({ proposal }: { proposal: Proposal }) {
  const user = useUser();
  const [said, setSaid] = useState<{ run: DryRun; atMs: number | null } | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [signIn, setSignIn] = useState(false);
  if (user !== null && !onShift(user)) {
    return null;
  }
  const ask = (): void => {
    if (user === null) {
      setSignIn(true);
      return;
    }
    setBusy(true);
    setError(null);
    setSaid(null);
    api
      .dryRun(proposal.id)
      .then(
        (run) => setSaid({ run, atMs: live.get().snapshot?.wallMs ?? null }),
        (problem) => {
          setError(problem);
          session.noticed(problem);
        },
      )
      .finally(() => setBusy(false));
  };
  return (
    <div className="dry-run">
      <p>
        <button type="button" data-testid="dry-run" disabled={busy} onClick={ask}>
          Would the gate let it through now?
        </button>
        <span className="soft">Asking writes nothing and decides nothing.</span>
      </p>
      <Problem error={error} />
      {said !== null && <Said proposal={proposal} run={said.run} atMs={said.atMs} />}
      {signIn && (
        <SignInDialog why="To ask the gate, sign in." onClose={() => setSignIn(false)} />
      )}
    </div>
  );
}

/** Of long plans only what would be refused is told step by step. */
const NAMED = 12;

function Said({ proposal, run, atMs }: { proposal: Proposal; run: DryRun; atMs: number | null }) {
  const { zone } = useFacility();
  const refused = run.steps.filter((step) => !step.allowed);
  const told = run.steps.length > NAMED ? refused.slice(0, NAMED) : run.steps;
  const tone = refused.length === 0 ? "good" : "bad";
  return (
    <div className={`dry-run-said tone-edge-${tone}`} role="status" data-testid="dry-run-said">
      <p>
        <strong className={`tone-${tone}`}>
          <Shape tone={tone} />{" "}
          {refused.length === 0
            ? "Yes, every step"
            : `No, ${refused.length} of ${run.steps.length} ${run.steps.length === 1 ? "step" : "steps"} would be refused`}
        </strong>{" "}
        {atMs !== null && (
          <span className="soft">
            asked at {clockText(atMs, zone)} {offsetText(atMs, zone)} wall clock, counted as if you
            had approved
          </span>
        )}
      </p>
      <ol>
        {told.map((step) => (
          <li key={step.step} data-testid="dry-run-step">
            <Shape tone={step.allowed ? "good" : "bad"} /> Step {step.step + 1}
            {titleOf(proposal, step.step)}:{" "}
            {step.allowed ? (
              "would be let through"
            ) : (
              <>
                <strong>would be refused</strong>, {reasonWords(step.reason ?? "")}: {step.detail}
              </>
            )}
          </li>
        ))}
      </ol>
      {told.length < refused.length && (
        <p className="soft">and {refused.length - told.length} more that would be refused</p>
      )}
      {run.steps.length > 1 && (
        <p className="soft">
          Each step is judged by what is read now, as if the steps before it had been written; what
          else they bring about has not happened yet.
        </p>
      )}
    </div>
  );
}

function titleOf({ plan }: Proposal, index: number): string {
  const step = plan.steps[index - plan.firstStep];
  return step === undefined ? "" : ` (${step.title})`;
}
