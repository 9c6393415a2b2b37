import { useCallback, useEffect, useState } from "react";
import { api } from "../api/client";
import type { Proposal } from "../api/types";
import { Diagnosed } from "../components/Diagnosed";
import { Decision } from "../components/proposal/Decision";
import { Happened } from "../components/proposal/Happened";
import { Progress } from "../components/proposal/Progress";
import { RehearsalPlots } from "../components/proposal/RehearsalPlots";
import { Steps } from "../components/proposal/Steps";
import { WouldTheGate } from "../components/proposal/WouldTheGate";
import { Countdown } from "../components/ProposalList";
import { Problem } from "../components/Problem";
import { Shape } from "../components/Signs";
import { useFacility } from "../live/facility";
import { useLive } from "../live/store";
import { capital } from "../text/answers";
import { clockText, offsetText } from "../text/time";
import { askedWords, stateTone, stateWords } from "../text/words";

const ASK_AGAIN_MS = 2_000;

export function ProposalPage({ id }: { id: string }) {
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const [error, setError] = useState<unknown>(null);
  const version = useLive(
    (state) => state.snapshot?.proposals.find((known) => known.id === id)?.version,
  );
  const [from, setFrom] = useState<number | undefined>(undefined);
  const take = useCallback((got: Proposal): void => {
    setError(null);
    setProposal((known) =>
      known !== null && known.id === got.id && known.version > got.version ? known : got,
    );
  }, []);
  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      api.proposal(id, from).then(
        (got) => {
          if (!ended) {
            take(got);
            // The stream says when something changed; asking now and then costs little.
            timer = setTimeout(ask, got.state.terminal ? 30_000 : 5_000);
          }
        },
        (problem: unknown) => {
          if (!ended) {
            setError(problem);
            timer = setTimeout(ask, ASK_AGAIN_MS);
          }
        },
      );
    };
    ask();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [id, version, from, take]);
  if (proposal === null || proposal.id !== id) {
    return (
      <div className="page">
        <h1>Proposal</h1>
        {error === null ? <p>Loading…</p> : <Problem error={error} />}
      </div>
    );
  }
  return (
    <Shown
      proposal={proposal}
      take={take}
      error={error}
      show={(wanted) => setFrom(Math.max(0, wanted))}
    />
  );
}

function Shown({
  proposal,
  take,
  error,
  show,
}: {
  proposal: Proposal;
  take: (got: Proposal) => void;
  error: unknown;
  show: (from: number) => void;
}) {
  const { zone } = useFacility();
  const tone = stateTone(proposal.state);
  return (
    <div className="proposal-page">
      <div className={`proposal-head tone-edge-${tone}`}>
        <div className="proposal-title">
          <h1>{proposal.title}</h1>
          <p className={`state tone-${tone}`} data-testid="proposal-state">
            <Shape tone={tone} /> {stateWords(proposal.state)}
          </p>
          {proposal.state.why !== undefined && (
            <p className="state-why">
              {proposal.state.by === undefined ? "" : `${proposal.state.by}: `}
              {proposal.state.why}
            </p>
          )}
          <p className="alarm-more">
            <span data-testid="asked-by">{capital(askedWords(proposal.askedBy))}</span>{" "}
            {clockText(proposal.createdMs, zone)} wall clock (
            {offsetText(proposal.createdMs, zone)}) · playbook {proposal.plan.playbook} ·{" "}
            {proposal.risk === "HIGH"
              ? "HIGH risk: two people must approve"
              : proposal.askedBy === "orrery"
                ? "normal risk: one expert approves"
                : "normal risk: one expert other than who asked approves"}
            {proposal.state.type === "AWAITING_APPROVAL" && (
              <>
                {" "}
                ·{" "}
                <strong>
                  <Countdown toMs={proposal.expiresMs} />
                </strong>
              </>
            )}
          </p>
        </div>
        <Progress proposal={proposal} />
        <Problem error={error} />
      </div>
      <section className="panel why" aria-label="Why">
        <h2>Why</h2>
        <p className="reason">{capital(proposal.reason)}</p>
        {proposal.diagnosis === null ? (
          <p className="nothing">No diagnosis stands behind it.</p>
        ) : (
          <Diagnosed diagnosis={proposal.diagnosis} most={5} />
        )}
        <p className="alarm-more">
          <strong>Call when it goes wrong:</strong> {proposal.plan.callOut}
        </p>
      </section>
      <section className="panel what" aria-label="Steps">
        <h2>{proposal.record.length === 0 ? "What will be done" : "What was done"}</h2>
        <Happened proposal={proposal} />
        {proposal.state.type === "AWAITING_APPROVAL" && <WouldTheGate proposal={proposal} />}
        <Steps proposal={proposal} show={show} />
      </section>
      <section className="panel rehearsal" aria-label="Rehearsal on the twin">
        <h2>What the twin expects</h2>
        <RehearsalPlots proposal={proposal} />
      </section>
      <Decision proposal={proposal} take={take} />
    </div>
  );
}
