import type {
  Alarm,
  Diagnosis,
  DrillState,
  Finding,
  Loss,
  Operations,
  ProposalSummary,
  RoomHealth,
  Snapshot,
  Tick,
  Twin,
  Writing,
} from "../api/types";

/** Without a tick for this long, nothing on the page counts as present any more. */
export const STALE_AFTER_MS = 3_000;

const MOST_FINDINGS = 100;
const MOST_PROPOSALS = 200;

/** Where the connection stands, as the browser itself sees it. */
export interface Link {
  phase: "CONNECTING" | "LIVE" | "STALE";
  /** When the last tick came, by the browser's own steady clock. */
  lastTickAt: number | null;
  /** When the next attempt to connect is made, by the same clock. */
  retryAt: number | null;
  /** How long nothing has come, whole seconds; 0 while live. */
  silentForS: number;
  beats: number;
}

export interface LiveState {
  link: Link;
  snapshot: Snapshot | null;
}

export const NOTHING_YET: LiveState = {
  link: { phase: "CONNECTING", lastTickAt: null, retryAt: null, silentForS: 0, beats: 0 },
  snapshot: null,
};

/** What can happen: messages of the stream, and what the browser notices by itself. */
export type LiveEvent =
  | { type: "snapshot"; at: number; data: Snapshot }
  | { type: "tick"; at: number; data: Tick }
  | { type: "twin"; data: Twin }
  | { type: "alarms"; data: Alarm[] }
  | { type: "finding"; data: Finding }
  | { type: "diagnosis"; data: Diagnosis }
  | { type: "proposal"; data: ProposalSummary }
  | { type: "operations"; data: Operations }
  | { type: "writing"; data: Writing }
  | { type: "rooms"; data: RoomHealth[] }
  | { type: "loss"; data: Loss[] }
  | { type: "drill"; data: DrillState }
  | { type: "disconnected"; retryAt: number }
  | { type: "clock"; at: number };

/** The names under which the server sends its messages. */
export const STREAM_EVENTS = [
  "snapshot",
  "tick",
  "twin",
  "alarms",
  "finding",
  "diagnosis",
  "proposal",
  "operations",
  "writing",
  "rooms",
  "loss",
  "drill",
] as const;

/** What is known after an event. Pure: time comes with the event. */
export function reduce(state: LiveState, event: LiveEvent): LiveState {
  switch (event.type) {
    case "snapshot":
      return { link: alive(state.link, event.at), snapshot: event.data };
    case "tick":
      return { ...changed(state, ticked(event.data)), link: alive(state.link, event.at) };
    case "twin":
      return changed(state, () => ({ twin: event.data }));
    case "alarms":
      return changed(state, () => ({ alarms: event.data }));
    case "finding":
      return changed(state, (known) => ({ findings: upsert(known.findings, event.data) }));
    case "diagnosis":
      return changed(state, () => ({ diagnosis: event.data }));
    case "proposal":
      return changed(state, (known) => ({ proposals: newest(known.proposals, event.data) }));
    case "operations":
      return changed(state, () => ({ operations: event.data }));
    case "writing":
      return changed(state, () => ({ writing: event.data }));
    case "rooms":
      return changed(state, () => ({ rooms: event.data }));
    case "loss":
      return changed(state, () => ({ loss: event.data }));
    case "drill":
      return changed(state, () => ({ drill: event.data }));
    case "disconnected":
      return { ...state, link: { ...state.link, retryAt: event.retryAt } };
    case "clock":
      return watched(state, event.at);
  }
}

function alive(link: Link, at: number): Link {
  return { phase: "LIVE", lastTickAt: at, retryAt: null, silentForS: 0, beats: link.beats + 1 };
}

function watched(state: LiveState, at: number): LiveState {
  const { lastTickAt, phase, silentForS } = state.link;
  if (lastTickAt === null) {
    return state;
  }
  const silent = at - lastTickAt;
  if (silent < STALE_AFTER_MS) {
    return state;
  }
  const seconds = Math.floor(silent / 1000);
  return phase === "STALE" && seconds === silentForS
    ? state
    : { ...state, link: { ...state.link, phase: "STALE", silentForS: seconds } };
}

function ticked(tick: Tick): (known: Snapshot) => Partial<Snapshot> {
  return (known) => ({
    plantMs: tick.plantMs,
    wallMs: tick.wallMs,
    timeFactor: tick.timeFactor,
    version: tick.version,
    control: tick.control,
    feed: tick.feed,
    ...(Object.keys(tick.channels).length === 0
      ? {}
      : { channels: { ...known.channels, ...tick.channels } }),
  });
}

function changed(state: LiveState, change: (known: Snapshot) => Partial<Snapshot>): LiveState {
  return state.snapshot === null
    ? state
    : { ...state, snapshot: { ...state.snapshot, ...change(state.snapshot) } };
}

function upsert(findings: Finding[], finding: Finding): Finding[] {
  const others = findings.filter((known) => known.id !== finding.id);
  return [...others, finding].slice(-MOST_FINDINGS);
}

/** Newest first; a version that came late does not replace a newer one. */
function newest(proposals: ProposalSummary[], proposal: ProposalSummary): ProposalSummary[] {
  const known = proposals.find((other) => other.id === proposal.id);
  if (known === undefined) {
    return [proposal, ...proposals].slice(0, MOST_PROPOSALS);
  }
  return known.version > proposal.version
    ? proposals
    : proposals.map((other) => (other.id === proposal.id ? proposal : other));
}
