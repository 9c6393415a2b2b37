/** What the server sends: see /api/v1/openapi.json. Times are milliseconds since the epoch. */

import type { Diagnosis, Finding, ProposalSummary } from "./decisions";
import type { DrillState } from "./drill";

export type * from "./decisions";
export type * from "./drill";
export type * from "./snapshots";

export type Severity = "NONE" | "MINOR" | "MAJOR" | "INVALID";
export type Quality = "GOOD" | "STALE" | "BAD" | "DISCONNECTED";
export type Agreement = "AGREES" | "DOUBTS" | "LOST";

export interface Limits {
  lolo: number | null;
  low: number | null;
  high: number | null;
  hihi: number | null;
}

export interface Channel {
  id: string;
  pv: string;
  kind: string;
  unit: string;
  egu: string;
  subsystem: string;
  device: string;
  description: string;
  choices: string[];
  writable: boolean;
  /** In every mode that has none of its own. */
  limits: Limits;
  limitsByMode: Record<string, Limits>;
  cadenceMs: number;
  procedures: string[];
}

export interface Subsystem {
  name: string;
  title: string;
  callOut: string;
  headline: string[];
}

export interface Facility {
  name: string;
  title: string;
  zone: string;
  simulated: boolean;
  timeFactor: number;
  modes: string[];
  subsystems: Subsystem[];
  groups: { name: string; title: string; devices: string[] }[];
  channels: Channel[];
}

export interface Reading {
  v: number | string | (number | null)[] | null;
  d: string;
  s: Severity;
  q: Quality;
  t: number;
}

export interface Alarm {
  channel: string;
  kind: "LIMIT" | "STATE" | "SOURCE" | "STALE" | "DISCONNECTED" | "FINDING" | "MIRRORED";
  state: string;
  severity: Severity;
  message: string;
  raisedMs: number;
  changedMs: number;
  acknowledgedBy: string | null;
  priority: "LOW" | "MEDIUM" | "HIGH" | "CRITICAL";
  response: string;
  firstOut: boolean;
  subsystem: string;
  callOut: string;
  mirror: AlarmMirror | null;
}

/** Another alarm system keeps the alarm. */
export interface AlarmMirror {
  source: string;
  stale: boolean;
  /** Who acknowledged here, until that system says so itself. */
  awaiting: string | null;
  detail: string;
}

export interface Band {
  low: number | null;
  median: number | null;
  high: number | null;
}

export interface TwinParameter {
  name: string;
  mean: number | null;
  sd: number | null;
  unit: string;
}

export interface Twin {
  agreement: Agreement;
  nis: number | null;
  workingHypothesis: string | null;
  atMs: number;
  channels: Record<string, Band>;
  parameters: TwinParameter[];
}

export interface Operations {
  mode: string;
  run: { number: number; type: string; startMs: number; stopMs: number | null } | null;
  control: { person: string; sinceMs: number } | null;
  tagOuts: { device: string; owner: string; reason: string; sinceMs: number }[];
  locks: { device: string; owner: string; reason: string; sinceMs: number; untilMs: number }[];
}

export interface Writing {
  /** False until the gateway has said how the switch stands. */
  known: boolean;
  stopped: boolean | null;
  by: string;
  reason: string;
  sinceMs?: number;
  releasedBy?: string[];
}

export interface RoomHealth {
  room: string;
  status: "UP" | "DEGRADED" | "DOWN";
  detail: string;
  sinceMs: number;
}

export interface Loss {
  stage: string;
  in: number;
  out: number;
  squashed: number;
  dropped: number;
  late: number;
  pending: number;
}

/** Whether the values are the present. */
export interface Feed {
  stale: boolean;
  /** Why they are not, and what to do; empty while they are. */
  why: string;
  /** Since when they are not, wall ms. */
  sinceMs: number | null;
  /** When the newest value was received, plant ms. */
  heardMs: number | null;
}

export interface Tick {
  feed: Feed;
  plantMs: number;
  wallMs: number;
  timeFactor: number;
  version: string;
  control: "SUPERVISED" | "HELD" | "MANUAL";
  channels: Record<string, Reading>;
}

export interface Snapshot extends Tick {
  operations: Operations;
  writing: Writing;
  rooms: RoomHealth[];
  alarms: Alarm[];
  twin: Twin | null;
  findings: Finding[];
  diagnosis: Diagnosis | null;
  proposals: ProposalSummary[];
  loss: Loss[];
  /** Null where no training drill runs. */
  drill: DrillState | null;
}

export interface Session {
  user: { name: string; roles: string[] } | null;
  csrfToken: string | null;
}

export interface AuditEntry {
  sequence: number;
  atMs: number;
  actor: string;
  action: string;
  subject: string;
  content: string;
  previousHash: string;
  hash: string;
}

/** One point of a channel's past: time, mean or value, least, most, worst severity. */
export type HistoryPoint = [number, number | null, number | null, number | null, Severity];

/** The past of a channel. */
export interface History {
  channel: string;
  /** Points stand for several samples. */
  reduced: boolean;
  /** The span may hold more than the points, which are its first. */
  truncated: boolean;
  /** Up to when a truncated answer reaches, and from when to ask on; null for a whole one. */
  nextMs: number | null;
  points: HistoryPoint[];
}

export type AuditVerdict =
  { intact: true; entries: number } | { intact: false; sequence: number; why: string };
