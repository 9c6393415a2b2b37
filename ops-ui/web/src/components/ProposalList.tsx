import type { ProposalSummary } from "../api/types";
import { useFacility } from "../live/facility";
import { follow } from "../live/router";
import { useLive } from "../live/store";
import { clockText, countdownText } from "../text/time";
import { askedWords, stateTone, stateWords } from "../text/words";
import { Shape } from "./Signs";

export function ProposalList({ proposals }: { proposals: ProposalSummary[] }) {
  if (proposals.length === 0) {
    return <p className="nothing">No proposal.</p>;
  }
  return (
    <ul className="proposals">
      {proposals.map((proposal) => (
        <Row key={proposal.id} proposal={proposal} />
      ))}
    </ul>
  );
}

function Row({ proposal }: { proposal: ProposalSummary }) {
  const { zone } = useFacility();
  const tone = stateTone(proposal.state);
  return (
    <li className={`proposal tone-edge-${tone}`}>
      <a href={`/proposals/${proposal.id}`} onClick={follow} data-testid="proposal-link">
        {proposal.title}
      </a>
      <span className={`mark tone-${tone}`}>
        <Shape tone={tone} /> {stateWords(proposal.state)}
      </span>
      <span className="alarm-more">
        {askedWords(proposal.askedBy)} {clockText(proposal.createdMs, zone)} wall clock
        {proposal.risk === "HIGH" ? " · high risk, two people" : ""}
        {proposal.state.type === "AWAITING_APPROVAL" && (
          <>
            {" "}
            · <Countdown toMs={proposal.expiresMs} />
          </>
        )}
      </span>
    </li>
  );
}

/** Time left by the server's wall clock. */
export function Countdown({ toMs }: { toMs: number }) {
  const left = useLive((state) =>
    state.snapshot === null ? null : Math.floor((toMs - state.snapshot.wallMs) / 1000),
  );
  if (left === null) {
    return <>–</>;
  }
  return left <= 0 ? <>expired</> : <>expires in {countdownText(left * 1000)}</>;
}
