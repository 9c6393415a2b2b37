import type { Proposal, ProposalStateType } from "../../api/types";

type Stage = { label: string; states: ProposalStateType[] };

const STAGES: Stage[] = [
  { label: "Rehearsed on the twin", states: ["DRAFT", "REHEARSED"] },
  { label: "Approval", states: ["AWAITING_APPROVAL"] },
  { label: "Execution", states: ["APPROVED", "EXECUTING"] },
  { label: "Verified", states: ["VERIFIED"] },
];

const ENDS: Partial<Record<ProposalStateType, { after: number; label: string }>> = {
  REJECTED: { after: 1, label: "Rejected" },
  EXPIRED: { after: 1, label: "Expired" },
  ABORTED: { after: 2, label: "Aborted" },
  FAILED: { after: 2, label: "Failed" },
  HELD: { after: 2, label: "Held" },
  ROLLING_BACK: { after: 2, label: "Taking back" },
  ROLLED_BACK: { after: 2, label: "Taken back" },
  ROLLBACK_FAILED: { after: 2, label: "Not taken back" },
};

/** The way of a proposal, and where on it this one stands. */
export function Progress({ proposal }: { proposal: Proposal }) {
  const { type } = proposal.state;
  const end = ENDS[type];
  const at = end?.after ?? STAGES.findIndex((stage) => stage.states.includes(type));
  return (
    <ol className="progress" aria-label="Progress">
      {STAGES.map((stage, i) => {
        const ended = end !== undefined && i === at;
        const done = i < at || (type === "VERIFIED" && i === at);
        const here = i === at && !done;
        const sign = ended ? "✕" : done ? "✓" : here ? "▶" : "○";
        const name = ended ? end.label : stage.label;
        return (
          <li
            key={stage.label}
            className={ended ? "ended" : done ? "done" : here ? "here" : ""}
            aria-current={i === at ? "step" : undefined}
          >
            <span aria-hidden="true">{sign}</span> {name}
          </li>
        );
      })}
    </ol>
  );
}
