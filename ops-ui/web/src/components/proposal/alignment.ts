import type { Plan, Proposal, Snapshot } from "../../api/types";

/** Which step a channel tells the effect of: the last one that is verified by it, else the first. */
export function judgedBy(plan: Plan, channel: string): number {
  const shown = plan.steps.findLastIndex((step) =>
    step.verification.some((limit) => limit.channel === channel),
  );
  return plan.firstStep + Math.max(0, shown);
}

/**
 * When the rehearsal wrote a step, ms after its start: each step is rehearsed when the one before
 * would at the latest be verified.
 */
export function rehearsedAfterMs(plan: Plan, step: number): number {
  return plan.steps
    .slice(0, step - plan.firstStep)
    .map(({ verification }) => Math.max(0, ...verification.map((l) => l.withinMs + l.holdMs)))
    .reduce((sum, longest) => sum + longest, 0);
}

/** When a step was really written, plant ms; null while it was not. */
export function writtenMs(proposal: Proposal, step: number, now: Snapshot | null): number | null {
  const record = proposal.record.find((known) => known.step === step && !known.undo);
  const outcome = record?.outcomes[0]?.atMs;
  if (outcome !== undefined) {
    return outcome;
  }
  const { state } = proposal;
  if (state.type === "EXECUTING" && state.step === step && now !== null) {
    // The state's time is wall time; both clocks are known now.
    return now.plantMs - (now.wallMs - state.atMs) * now.timeFactor;
  }
  return null;
}

/** True once anything of the plan was or is being carried out. */
export function hasBegun(proposal: Proposal): boolean {
  return proposal.record.length > 0 || proposal.state.type === "EXECUTING";
}
