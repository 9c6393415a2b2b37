/** Training drills as the server sends them; part of types.ts. Durations and times are plant ms. */

export interface DrillSheet {
  name: string;
  title: string;
  level: string;
  briefing: string[];
  factor: number;
  lengthMs: number;
  diagnoses: { id: string; title: string }[];
  actions: { id: string; title: string; walkMs: number }[];
}

export type DrillKind =
  | "STARTED"
  | "HIDDEN"
  | "ALARM"
  | "FINDING"
  | "RANKING"
  | "PROPOSAL"
  | "NOTICE"
  | "DIAGNOSIS"
  | "SENT"
  | "DONE"
  | "FAILED"
  | "ACKNOWLEDGED"
  | "AGREED"
  | "APPROVED"
  | "REJECTED"
  | "STOPPED_WRITING"
  | "RECOVERED"
  | "ENDED";

export interface DrillEntry {
  atMs: number;
  kind: DrillKind;
  subject: string;
  text: string;
  by: string;
  verdict: "RIGHT" | "WRONG" | "NEUTRAL";
}

export interface DrillState {
  sheet: DrillSheet;
  phase: "PREPARING" | "READY" | "RUNNING" | "ENDED";
  waitingFor: string;
  startedMs: number | null;
  endedMs: number | null;
  record: DrillEntry[];
  walks: { action: string; dueMs: number }[];
}

export interface DrillMeasure {
  what: "notice" | "diagnose" | "recover";
  tookMs: number | null;
  referenceMs: number | null;
}

export interface DrillTrace {
  channel: string;
  points: [number, number | null][];
}

export interface DrillDebrief {
  summary: string[];
  cause: string;
  story: string[];
  signs: { channel: string; text: string }[];
  decoys: string[];
  onsetMs: number | null;
  timeline: DrillEntry[];
  measures: DrillMeasure[];
  answer: { given: string; right: boolean; correct: string; why: string };
  duties: { text: string; why: string; doneMs: number | null }[];
  mistakes: { atMs: number; text: string; effect: string; why: string }[];
  loss: { lostMs: number; elapsedMs: number; meaning: string };
  traces: DrillTrace[];
}
