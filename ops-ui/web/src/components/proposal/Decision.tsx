import { useState } from "react";
import { api } from "../../api/client";
import type { Proposal } from "../../api/types";
import { useFacility } from "../../live/facility";
import { follow } from "../../live/router";
import { mayDecide, session, useUser } from "../../live/session";
import { useLive } from "../../live/store";
import { clockText, durationText } from "../../text/time";
import { Countdown } from "../ProposalList";
import { Problem } from "../Problem";
import { SignInDialog } from "../SignIn";
import { StopPlan, stoppable } from "./StopPlan";

type Verb = "approve" | "reject" | "abort" | "rollback";

/** Where people say yes or no; it names who has agreed and what is still needed. */
export function Decision({
  proposal,
  take,
}: {
  proposal: Proposal;
  take: (got: Proposal) => void;
}) {
  const { type } = proposal.state;
  return (
    <section className="panel decision" aria-label="Decision">
      <Approvals proposal={proposal} />
      {type === "AWAITING_APPROVAL" && (
        <Ask proposal={proposal} take={take} verbs={["reject", "approve"]} />
      )}
      {stoppable(proposal) && <StopPlan proposal={proposal} take={take} />}
      {type === "HELD" && <Ask proposal={proposal} take={take} verbs={["abort", "rollback"]} />}
    </section>
  );
}

function Approvals({ proposal }: { proposal: Proposal }) {
  const { zone } = useFacility();
  const { approvals, approvalsNeeded, plan, state } = proposal;
  const waiting = state.type === "AWAITING_APPROVAL";
  if (!waiting && approvals.length === 0) {
    return (
      <p className="alarm-more">
        {state.terminal ? "Closed. " : "No decision is needed now. "}
        <a href={`/record?about=${proposal.id}`} onClick={follow}>
          Who decided what, and every write, in the record
        </a>
      </p>
    );
  }
  return (
    <div className="approvals">
      <p>
        Approvals:{" "}
        <strong>
          {approvals.length} of {approvalsNeeded}
        </strong>
        {waiting && (
          <>
            {" "}
            ·{" "}
            <strong>
              <Countdown toMs={proposal.expiresMs} />
            </strong>
          </>
        )}
      </p>
      {typeof plan.timeLimitMs === "number" && !state.terminal && (
        <p className="alarm-more" data-testid="time-limit">
          It may take {durationText(plan.timeLimitMs)} after the last approval; what is not done by
          then is held.
        </p>
      )}
      {approvals.map((approval) => (
        <p key={approval.person} className="alarm-more">
          ✓ {approval.person} at {clockText(approval.atMs, zone)} wall clock: {approval.reason}
        </p>
      ))}
    </div>
  );
}

const BUTTONS: Record<Verb, { text: string; className: string }> = {
  approve: { text: "✓ Approve and carry out", className: "primary" },
  reject: { text: "✕ Reject", className: "quiet" },
  abort: { text: "✕ Leave as it is and end", className: "quiet" },
  rollback: { text: "↶ Take the steps back", className: "primary" },
};

/** What leads to fewer writes stays possible as long as Orrery can be asked at all. */
function barred(verb: Verb, stale: boolean, blind: boolean): boolean {
  switch (verb) {
    case "approve":
      return stale || blind;
    case "rollback":
      return stale;
    case "reject":
    case "abort":
      return false;
  }
}

function Ask({
  proposal,
  take,
  verbs,
}: {
  proposal: Proposal;
  take: (got: Proposal) => void;
  verbs: Verb[];
}) {
  const user = useUser();
  const stale = useLive((state) => state.link.phase === "STALE");
  const blind = useLive(({ snapshot }) => (snapshot?.feed.stale === true ? snapshot.feed.why : ""));
  const stopped = useLive((state) => state.snapshot?.writing.stopped ?? false);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [signIn, setSignIn] = useState(false);
  const decide = (verb: Verb): void => {
    setBusy(true);
    setError(null);
    const said = reason.trim();
    const body =
      verb === "approve" ? { planHash: proposal.planHash, reason: said } : { reason: said };
    api
      .decide(proposal.id, verb, body)
      .then(
        (got) => {
          setReason("");
          take(got);
        },
        (problem) => {
          setError(problem);
          session.noticed(problem);
        },
      )
      .finally(() => setBusy(false));
  };
  if (user === null) {
    return (
      <div className="ask">
        <p>To decide, sign in as an expert.</p>
        <button type="button" className="primary" onClick={() => setSignIn(true)}>
          Sign in to decide
        </button>
        {signIn && <SignInDialog onClose={() => setSignIn(false)} />}
      </div>
    );
  }
  if (!mayDecide(user)) {
    return (
      <p className="ask">
        {user.name} may look but not decide: that needs an expert. Call {proposal.plan.callOut}.
      </p>
    );
  }
  const asked = user.name === proposal.askedBy && verbs.includes("approve");
  const ownYesCounts = !asked || proposal.approvalsNeeded > 1;
  return (
    <div className="ask">
      {asked && (
        <p data-testid="own-proposal">
          You asked for this. Who asks for a plan does not approve it alone, so that somebody sees
          it with other eyes:{" "}
          {ownYesCounts
            ? "your yes is one of the two, the other comes from another expert."
            : "another expert has to say yes."}
        </p>
      )}
      <label className="reason-field">
        Reason, for the record
        <input
          data-testid="approve-reason"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          placeholder="What you checked, and why yes or no"
        />
      </label>
      {verbs
        .filter((verb) => verb !== "approve" || ownYesCounts)
        .map((verb) => (
          <button
            key={verb}
            type="button"
            className={BUTTONS[verb].className}
            data-testid={`${verb}-button`}
            disabled={busy || barred(verb, stale, blind !== "") || reason.trim() === ""}
            onClick={() => decide(verb)}
          >
            {BUTTONS[verb].text}
          </button>
        ))}
      {stale && <p className="problem">Values are stale: nobody can decide on them.</p>}
      {!stale && blind !== "" && verbs.includes("approve") && (
        <p className="problem" data-testid="blind">
          Values are stale, nobody can approve on them: {blind}.
        </p>
      )}
      {stopped && (
        <p className="problem">Orrery writing is stopped: an approved plan will be refused.</p>
      )}
      <Problem error={error} />
    </div>
  );
}
