import type {
  Agreement,
  Alarm,
  Outcome,
  ProposalState,
  Quality,
  RoomHealth,
  Severity,
} from "../api/types";

export const AGREEMENT_WORDS: Record<Agreement, string> = {
  AGREES: "twin agrees",
  DOUBTS: "twin doubts",
  LOST: "twin lost",
};

export const OUTCOME_WORDS: Record<Outcome["type"], string> = {
  CONFIRMED: "Confirmed",
  REFUSED: "Refused",
  UNKNOWN: "Not confirmed, check",
};

export const SEVERITY_WORDS: Record<Severity, string> = {
  NONE: "OK",
  MINOR: "minor",
  MAJOR: "MAJOR",
  INVALID: "invalid",
};

export const QUALITY_WORDS: Record<Quality, string> = {
  GOOD: "",
  STALE: "STALE",
  BAD: "BAD READING",
  DISCONNECTED: "DISCONNECTED",
};

export const ROOM_WORDS: Record<RoomHealth["status"], string> = {
  UP: "up",
  DEGRADED: "degraded",
  DOWN: "DOWN",
};

const REASON_WORDS: Record<string, string> = {
  BAD_SIGNATURE: "signature missing or wrong",
  DUPLICATE: "this command was already handled",
  UNKNOWN_CHANNEL: "unknown channel",
  NOT_WRITABLE: "channel may not be written",
  OUT_OF_RANGE: "outside its allowed range",
  WRONG_UNIT: "wrong unit",
  STALE_READING: "a reading is too old",
  PRECONDITION: "a precondition no longer holds",
  TAGGED_OUT: "device or its group is tagged out",
  LOCAL_CONTROL: "device is switched to local",
  INTERLOCK: "an interlock is active or cannot be read",
  WRITING_STOPPED: "Orrery writing is stopped",
  EXPIRED: "the approval expired",
  TOO_FAST: "too many writes, or too soon after the last",
  NOT_ARMED: "not armed in this detector mode",
  LOCKED: "somebody has reserved the device",
  ACCESS: "the access rules do not allow it",
  DEVICE_BUSY: "another plan holds the device",
  DISCONNECTED: "channel disconnected",
  JOURNAL: "the gate's journal cannot be written",
  REJECTED_BY_DEVICE: "the device refused, and may have taken the value for a while: check",
  NOT_SENT: "the value never left",
  READS_AS_BEFORE: "not answered, and the device reads as before: check",
};

export function reasonWords(reason: string): string {
  return REASON_WORDS[reason] ?? reason.toLowerCase().replaceAll("_", " ");
}

/** Who is behind a proposal. */
export function askedWords(askedBy: string): string {
  return askedBy === "orrery" ? "proposed by Orrery" : `asked for by ${askedBy}`;
}

/** What a proposal is doing, in words that need no training. */
export function stateWords(state: ProposalState): string {
  switch (state.type) {
    case "DRAFT":
      return "Being rehearsed on the twin";
    case "REHEARSED":
      return "Rehearsed";
    case "AWAITING_APPROVAL":
      return "Awaiting approval";
    case "APPROVED":
      return "Approved, about to begin";
    case "EXECUTING":
      return `Executing, step ${(state.step ?? 0) + 1}: ${phaseWords(state.phase)}`;
    case "HELD":
      return "Held: a person must decide";
    case "ROLLING_BACK":
      return "Being taken back";
    case "ROLLBACK_FAILED":
      return "Could not be taken back";
    case "VERIFIED":
      return "Verified: the effect is as approved";
    case "ROLLED_BACK":
      return "Taken back";
    case "REJECTED":
      return "Rejected";
    case "EXPIRED":
      return "Expired: nobody decided in time";
    case "ABORTED":
      return "Aborted";
    case "FAILED":
      return "Failed: an error of Orrery's own";
  }
}

function phaseWords(phase: ProposalState["phase"]): string {
  switch (phase) {
    case "RESOLVING":
      return "not confirmed, reading back";
    case "VERIFYING":
      return "written, checking the effect";
    case "WAITING":
      return "the effect is as approved, the next step waits for its turn";
    case "WRITING":
    case undefined:
      return "writing";
  }
}

/** How urgent a state is, for its colour and shape. */
export function stateTone(state: ProposalState): Tone {
  switch (state.type) {
    case "VERIFIED":
      return "good";
    case "AWAITING_APPROVAL":
    case "APPROVED":
    case "EXECUTING":
    case "ROLLING_BACK":
      return "act";
    case "HELD":
    case "ROLLBACK_FAILED":
    case "FAILED":
      return "bad";
    case "DRAFT":
    case "REHEARSED":
    case "ROLLED_BACK":
    case "REJECTED":
    case "EXPIRED":
    case "ABORTED":
      return "calm";
  }
}

export type Tone = "good" | "calm" | "act" | "care" | "bad" | "unknown";

export function alarmStateWords(alarm: Alarm): string {
  switch (alarm.state) {
    case "UNACKNOWLEDGED":
      return "active, not acknowledged";
    case "ACKNOWLEDGED":
      return `active, acknowledged by ${alarm.acknowledgedBy ?? "?"}`;
    case "RETURNED_UNACKNOWLEDGED":
      return "back to normal, not acknowledged";
    case "SHELVED":
      return "shelved";
    case "SUPPRESSED_BY_DESIGN":
      return "suppressed by design";
    case "OUT_OF_SERVICE":
      return "out of service";
    default:
      return alarm.state.toLowerCase().replaceAll("_", " ");
  }
}

export function percentText(probability: number | null): string {
  if (probability === null) {
    return "–";
  }
  const percent = probability * 100;
  if (percent > 0 && percent < 1) {
    return "<1 %";
  }
  return percent > 99 && percent < 100 ? ">99 %" : `${percent.toFixed(0)} %`;
}
