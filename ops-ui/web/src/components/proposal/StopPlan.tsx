import { type SyntheticEvent, useState } from "react";
import { api, type ApiError } from "../../api/client";
import type { Proposal } from "../../api/types";
import { session, useUser } from "../../live/session";
import { Dialog } from "../Dialog";
import { Problem } from "../Problem";
import { SignInDialog } from "../SignIn";

const RUNS = ["APPROVED", "EXECUTING", "ROLLING_BACK"];

/** Whether there is anything to stop. */
export function stoppable({ state }: Proposal): boolean {
  return RUNS.includes(state.type);
}

/** Stops this one plan and leaves all others alone; anybody who is signed in may. */
export function StopPlan({
  proposal,
  take,
}: {
  proposal: Proposal;
  take: (got: Proposal) => void;
}) {
  const user = useUser();
  const [open, setOpen] = useState(false);
  return (
    <div className="stop-plan">
      <button
        type="button"
        className="danger"
        data-testid="stop-plan"
        onClick={() => setOpen(true)}
      >
        ■ Stop this plan
      </button>
      {open && user === null && (
        <SignInDialog
          why="Anybody who is signed in may stop a plan."
          onClose={() => setOpen(false)}
        />
      )}
      {open && user !== null && (
        <Confirm proposal={proposal} take={take} onClose={() => setOpen(false)} />
      )}
    </div>
  );
}

function Confirm({
  proposal,
  take,
  onClose,
}: {
  proposal: Proposal;
  take: (got: Proposal) => void;
  onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    api.decide(proposal.id, "stop", { reason: reason.trim() }).then(
      (got) => {
        take(got);
        onClose();
      },
      (problem: ApiError) => {
        setBusy(false);
        setError(problem);
        session.noticed(problem);
      },
    );
  };
  return (
    <Dialog title="Stop this plan" onClose={onClose}>
      <p>
        <strong>{proposal.title}</strong>: nothing more of it is written. A write that has left
        already may still arrive. What was written stays, and an expert decides whether it is taken
        back. Other plans go on.
      </p>
      <form onSubmit={submit}>
        <label>
          Reason (may stay empty)
          <input
            data-testid="stop-plan-reason"
            autoFocus
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <Problem error={error} />
        <div className="buttons">
          <button type="button" className="quiet" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            className="danger"
            data-testid="stop-plan-confirm"
            disabled={busy}
          >
            Stop it now
          </button>
        </div>
      </form>
    </Dialog>
  );
}
