import type { ProposalSummary } from "../api/types";
import { ProposalList } from "../components/ProposalList";
import { useLive } from "../live/store";

const NONE: ProposalSummary[] = [];

export function Proposals() {
  const proposals = useLive((state) => state.snapshot?.proposals ?? NONE);
  const open = proposals.filter((proposal) => !proposal.state.terminal);
  const closed = proposals.filter((proposal) => proposal.state.terminal);
  return (
    <div className="page">
      <h1>Proposals</h1>
      <h2>Open</h2>
      <ProposalList proposals={open} />
      <h2>Closed</h2>
      <ProposalList proposals={closed} />
    </div>
  );
}
