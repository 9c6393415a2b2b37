/** Snapshots as the server sends them; part of types.ts. */
import type { Quality, Severity } from "./types";

export interface GoldenMark {
  mode: string;
  proposedBy: string;
  proposedMs: number;
  agreedBy: string | null;
  /** The latest that two people agreed on for this mode and set. */
  current: boolean;
}

export interface SnapshotSummary {
  id: string;
  name: string;
  comment: string;
  by: string;
  plantMs: number;
  wallMs: number;
  set: string;
  setVersion: number;
  channels: number;
  notGood: number;
  missing: number;
  hash: string;
  golden: GoldenMark[];
}

export interface SnapshotSet {
  name: string;
  version: number;
  title: string;
  definedBy: string;
  atMs: number;
  stages: {
    name: string;
    items: { pattern: string; absolute?: number; relative?: number }[];
  }[];
}

export type DifferenceKind = "VALUE" | "UNIT" | "BAD" | "STALE" | "NOT_CONNECTED" | "MISSING";

export interface Difference {
  channel: string;
  kind: DifferenceKind;
  saved: string | null;
  other: string | null;
  unit: string;
  tolerance: number | null;
  detail: string;
}

export interface Comparison {
  snapshot: string;
  against: string;
  atMs: number;
  same: number;
  differences: Difference[];
}

export type CompareWith =
  | { with: "LIVE" }
  | { with: "SNAPSHOT"; snapshot: string }
  | { with: "HISTORY"; atMs: number };

export interface About {
  channel: string;
  why: string;
}

export interface RestoreListing {
  snapshot: string;
  same: number;
  risk: "NORMAL" | "HIGH";
  approvalsNeeded: number;
  writes: { channel: string; stage: string; now: string; saved: string; unit: string }[];
  leftOut: About[];
  refusals: About[];
}

export interface SnapshotEntry {
  channel: string;
  stage: number;
  display: string;
  unit: string;
  severity: Severity;
  quality: Quality;
  sourceMs: number;
  readback: string | null;
  absolute: number;
  relative: number;
}
