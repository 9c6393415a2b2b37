/** Findings, diagnoses and proposals as the server sends them; part of types.ts. */
import type { Agreement } from "./types";

export interface Evidence {
  channel: string;
  text: string;
  weight: number | null;
}

export interface Finding {
  id: string;
  detector: string;
  title: string;
  channels: string[];
  fromMs: number;
  toMs: number;
  score: number | null;
  pValue: number | null;
  completeness: number | null;
  evidence: Evidence[];
  active: boolean;
}

export interface Hypothesis {
  type: "PLANT_FAULT" | "EXTERNAL" | "LYING_SENSOR" | "NONE_OF_THESE" | "NOTHING_WRONG";
  title: string;
  code?: string;
  device?: string;
  channel?: string;
}

export interface Cause {
  hypothesis: Hypothesis;
  probability: number | null;
  speaksFor: Evidence[];
  speaksAgainst: Evidence[];
}

export interface Diagnosis {
  id: string;
  finding: string;
  atMs: number;
  onsetMs: number;
  causes: Cause[];
  discriminators: string[];
  completeness: number | null;
  agreement: Agreement;
}

export type ProposalStateType =
  | "DRAFT"
  | "REHEARSED"
  | "AWAITING_APPROVAL"
  | "APPROVED"
  | "EXECUTING"
  | "HELD"
  | "ROLLING_BACK"
  | "ROLLBACK_FAILED"
  | "VERIFIED"
  | "ROLLED_BACK"
  | "REJECTED"
  | "EXPIRED"
  | "ABORTED"
  | "FAILED";

export interface ProposalState {
  type: ProposalStateType;
  atMs: number;
  terminal: boolean;
  step?: number;
  phase?: "WRITING" | "RESOLVING" | "VERIFYING" | "WAITING";
  why?: string;
  by?: string;
}

export interface ProposalSummary {
  id: string;
  version: number;
  title: string;
  reason: string;
  /** The person who asked for it, or "orrery" where it proposes by itself. */
  askedBy: string;
  risk: "NORMAL" | "HIGH";
  state: ProposalState;
  createdMs: number;
  expiresMs: number;
  planHash: string;
  /** What it acts on; null where nothing was diagnosed. */
  diagnosisId: string | null;
  findingId: string | null;
}

export interface Precondition {
  channel: string;
  because: string;
  maxAgeMs: number;
  low?: number | null;
  high?: number | null;
  shows?: string;
}

export interface VerificationLimit {
  channel: string;
  low: number | null;
  high: number | null;
  unit: string;
  withinMs: number;
  holdMs: number;
}

export interface Step {
  title: string;
  channel: string;
  display: string;
  unit: string;
  current: string | null;
  preconditions: Precondition[];
  verification: VerificationLimit[];
  holdState: string;
  undo: { display: string; because: string; preconditions: Precondition[] } | null;
  timeoutMs: number;
}

export interface Plan {
  hash: string;
  playbook: string;
  title: string;
  reason: string;
  risk: "NORMAL" | "HIGH";
  expiresMs: number;
  callOut: string;
  /** How long after the last approval it may be carried out; null in old plans. */
  timeLimitMs: number | null;
  preconditions: Precondition[];
  /** All steps, or 200 of them where there are more. */
  steps: Step[];
  stepCount: number;
  /** Index of the first of these. */
  firstStep: number;
}

/** One time of a predicted course: time, low, median, high. */
export type TrajectoryPoint = [number, number | null, number | null, number | null];

export interface Trajectory {
  channel: string;
  unit: string;
  points: TrajectoryPoint[];
}

export type Rehearsal =
  | {
      type: "REHEARSED";
      startMs: number;
      agreement: Agreement;
      hypothesis: string | null;
      twinVersion: string;
      withPlan: Trajectory[];
      withoutPlan: Trajectory[];
      predictedAlarms: string[];
    }
  | { type: "NOT_REHEARSED"; reason: string };

export interface Outcome {
  type: "CONFIRMED" | "REFUSED" | "UNKNOWN";
  atMs: number;
  readback?: string;
  reason?: string;
  detail?: string;
}

export interface StepRecord {
  step: number;
  undo: boolean;
  command: string;
  outcomes: Outcome[];
  checks: Check[];
}

/** What a channel showed last, and whether it came inside in time, stayed and went on showing it. */
export interface Check {
  channel: string;
  observed: number | null;
  low: number | null;
  high: number | null;
  passed: boolean;
  atMs: number;
}

export interface Proposal extends ProposalSummary {
  plan: Plan;
  approvalsNeeded: number;
  approvals: { person: string; atMs: number; reason: string }[];
  diagnosis: Diagnosis | null;
  rehearsal: Rehearsal | null;
  record: StepRecord[];
}
