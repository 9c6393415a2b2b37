import type { Alarm, Diagnosis, Facility, ProposalSummary, Snapshot } from "../api/types";
import { firstAlarm, isActive, worst } from "./alarms";
import { clockText } from "./time";
import { percentText, stateWords, type Tone } from "./words";

/** What somebody new at 03:00 asks first, answered. */
export interface Answers {
  tone: Tone;
  what: string;
  whatMore: string;
  sinceMs: number | null;
  safe: { tone: Tone; verdict: string; because: string };
  next: string;
  nextProposal: string | null;
  nextMore: string;
  call: string;
  callMore: string;
}

/** Derived from the live state alone; it has to make sense while half of Orrery is down. */
export function answers(facility: Facility, now: Snapshot): Answers {
  const alarms = now.alarms.filter(isActive);
  const first = firstAlarm(now.alarms);
  const diagnosis = presentDiagnosis(now);
  const proposal = openProposal(now.proposals);
  const remedy = diagnosis === null ? null : remedyOf(now, diagnosis);
  const said: Answers = {
    ...(diagnosis !== null && remedy !== null
      ? remedied(diagnosis, remedy)
      : what(facility, now, diagnosis)),
    sinceMs: since(now, diagnosis),
    safe: safety(facility, now),
    ...next(now, proposal, remedy),
    ...call(facility, now, diagnosis, first?.callOut ?? alarms[0]?.callOut ?? ""),
  };
  const blind = blindness(facility, now);
  return blind === null ? said : unseen(said, blind);
}

/** What was known before Orrery's eyes shut is said as that, and nothing is called good. */
function unseen(said: Answers, { what, why, until }: Blindness): Answers {
  const nothingElse = said.tone !== "bad" && said.sinceMs === null;
  return {
    ...said,
    tone: said.tone === "bad" ? "bad" : "unknown",
    what: nothingElse ? `Not known: ${what}` : said.what,
    whatMore: nothingElse ? `${capital(why)}.` : `As last known: ${what}, ${why}.`,
    ...(said.nextProposal === null && nothingElse
      ? {
          next: "Watch the detector on its own panels",
          nextMore: `Orrery cannot see it until ${until}.`,
          call: "Whoever looks after Orrery",
          callMore: "",
        }
      : {}),
  };
}

/** Why nothing on the page is known to be present. */
interface Blindness {
  what: string;
  why: string;
  until: string;
  /** What is old, and of when. */
  old: string;
}

function blindness(facility: Facility, now: Snapshot): Blindness | null {
  const rooms = blindRooms(now);
  const { stale, why, heardMs } = now.feed;
  const since = heardMs === null ? "" : `, of ${clockText(heardMs, facility.zone)}`;
  if (rooms.length > 0) {
    const names = rooms.join(" and ");
    const detail = now.rooms.find((room) => room.room === rooms[0])?.detail ?? "never heard of";
    return {
      what: `${names} down`,
      why: `${names}: ${detail}`,
      until: `${names} runs again`,
      old: `${capital(names)} down: what is shown is old${since}.`,
    };
  }
  return stale
    ? {
        what: "no values come",
        why,
        until: "values come again",
        old:
          heardMs === null
            ? `No value has come yet: ${why}.`
            : `No values since ${clockText(heardMs, facility.zone)}: ${why}.`,
      }
    : null;
}

/** The diagnosis, while what it explains still lasts. */
export function presentDiagnosis(now: Snapshot): Diagnosis | null {
  const { diagnosis } = now;
  if (diagnosis === null) {
    return null;
  }
  const finding = now.findings.find((known) => known.id === diagnosis.finding);
  const lasts = finding === undefined ? now.alarms.some(isActive) : finding.active;
  const nothingWrong = diagnosis.causes[0]?.hypothesis.type === "NOTHING_WRONG";
  return lasts && !nothingWrong ? diagnosis : null;
}

/** The proposal that needs a person most: held before waiting before under way. */
export function openProposal(proposals: ProposalSummary[]): ProposalSummary | null {
  const order = ["HELD", "AWAITING_APPROVAL", "EXECUTING", "ROLLING_BACK", "APPROVED"];
  return (
    order
      .map((type) => proposals.find((proposal) => proposal.state.type === type))
      .find((found) => found !== undefined) ?? null
  );
}

/** The proposal for this very finding that was carried out and verified, if there is one. */
function remedyOf(now: Snapshot, diagnosis: Diagnosis): ProposalSummary | null {
  return (
    now.proposals.find(
      ({ state, findingId }) => state.type === "VERIFIED" && findingId === diagnosis.finding,
    ) ?? null
  );
}

/** Without these nothing on the page is known to be present: one reads, the other judges. */
const EYES = ["gateway", "alarms"];

/** The eyes that are shut: down, silent, or never heard of. */
export function blindRooms(now: Snapshot): string[] {
  return EYES.filter(
    (name) => (now.rooms.find((room) => room.room === name)?.status ?? "DOWN") === "DOWN",
  );
}

function remedied(
  diagnosis: Diagnosis,
  remedy: ProposalSummary,
): Pick<Answers, "tone" | "what" | "whatMore"> {
  const title = diagnosis.causes[0]?.hypothesis.title ?? "a fault";
  return {
    tone: "care",
    what: `Remedied: ${title}`,
    whatMore: `${remedy.title} was carried out and its effect verified. The fault itself is still there.`,
  };
}

function what(
  facility: Facility,
  now: Snapshot,
  diagnosis: Diagnosis | null,
): Pick<Answers, "tone" | "what" | "whatMore"> {
  const first = firstAlarm(now.alarms);
  const active = now.alarms.filter(isActive).length;
  const alarmsText = first === null ? "No alarm." : `First alarm: ${alarmText(facility, first)}.`;
  const cause = diagnosis?.causes[0];
  if (cause !== undefined) {
    const { type, title } = cause.hypothesis;
    return {
      tone: active > 0 ? "bad" : "care",
      what: type === "NONE_OF_THESE" ? "Something that the twin does not know" : capital(title),
      whatMore: `Most likely cause, ${percentText(cause.probability)}. ${alarmsText}`,
    };
  }
  if (first !== null) {
    return {
      tone: "bad",
      what: alarmText(facility, first),
      whatMore:
        active > 1
          ? `First of ${active} alarms; the cause is not known yet.`
          : "The cause is not known yet.",
    };
  }
  const finding = now.findings.find((known) => known.active);
  if (finding !== undefined) {
    return {
      tone: "care",
      what: finding.title,
      whatMore: "Noticed by the twin; no alarm limit is reached.",
    };
  }
  const down = now.rooms.filter((room) => room.status === "DOWN");
  if (down.length > 0) {
    return {
      tone: "care",
      what: `Part of Orrery is down: ${down.map((room) => room.room).join(", ")}`,
      whatMore: down[0]?.detail ?? "",
    };
  }
  const missing = missingChannels(facility, now).length;
  if (missing > 0) {
    return {
      tone: "care",
      what: missing === 1 ? "1 channel gives no reading" : `${missing} channels give no reading`,
      whatMore: "No alarm limit is reached.",
    };
  }
  const returned = now.alarms.filter((alarm) => alarm.state === "RETURNED_UNACKNOWLEDGED").length;
  return {
    tone: "good",
    what: "Nothing is wrong",
    whatMore:
      returned === 0
        ? "No alarm, no finding."
        : `${returned} ${returned === 1 ? "alarm" : "alarms"} back to normal, not acknowledged yet.`,
  };
}

function since(now: Snapshot, diagnosis: Diagnosis | null): number | null {
  const first = firstAlarm(now.alarms);
  const times = [
    diagnosis?.onsetMs,
    first?.raisedMs,
    diagnosis === null && first === null ? now.findings.find((f) => f.active)?.fromMs : undefined,
  ].filter((time) => time !== undefined);
  return times.length === 0 ? null : Math.min(...times);
}

/** Channels that give nothing to go by: never heard, stale, or disconnected. */
export function missingChannels(facility: Facility, now: Snapshot): string[] {
  return facility.channels
    .filter((channel) => {
      const reading = now.channels[channel.id];
      return reading === undefined || reading.q === "DISCONNECTED" || reading.q === "STALE";
    })
    .map((channel) => channel.id);
}

function safety(facility: Facility, now: Snapshot): Answers["safe"] {
  const interlocks = facility.channels.filter((channel) => channel.id.startsWith("interlock."));
  const readings = interlocks.map((channel) => now.channels[channel.id]);
  // Any other word, a new one included, is no permission.
  const barred = interlocks.filter((_, i) => {
    const shown = readings[i];
    return shown !== undefined && shown.d !== "OK" && (shown.q === "GOOD" || shown.d === "TRIPPED");
  });
  const unknown = readings.filter((r) => r === undefined || r.q !== "GOOD").length;
  const worstAlarm = worst(now.alarms);
  const missing = missingChannels(facility, now).length;
  const connected =
    missing === 0
      ? `All ${facility.channels.length} channels heard.`
      : `${missing} of ${facility.channels.length} channels not heard.`;
  const blind = blindness(facility, now);
  if (barred.length > 0) {
    const words = barred.map((channel) => now.channels[channel.id]?.d ?? "");
    const shown = barred.map((channel, i) => `${channel.description}: ${words[i]}`).join(", ");
    return {
      tone: "bad",
      verdict: words.includes("TRIPPED") ? "No: interlock tripped" : "No: interlock not OK",
      because: blind === null ? shown : `As last known: ${shown}. ${blind.old}`,
    };
  }
  if (blind !== null) {
    return { tone: "unknown", verdict: "Not known", because: blind.old };
  }
  if (interlocks.length === 0 || unknown > 0) {
    return {
      tone: "unknown",
      verdict: "Not known",
      because: "The interlocks cannot be read here.",
    };
  }
  if (worstAlarm?.priority === "CRITICAL") {
    return { tone: "bad", verdict: "In danger", because: `Interlocks OK. ${worstAlarm.message}` };
  }
  const writing = !now.writing.known
    ? "Whether Orrery writing is stopped is not known yet. "
    : now.writing.stopped
      ? "Orrery writing is stopped. "
      : "";
  if (worstAlarm !== null || missing > 0) {
    const alarm = worstAlarm === null ? "No alarm." : `Worst alarm: ${worstAlarm.priority}.`;
    return {
      tone: "care",
      verdict: "Yes, for now",
      because: `Interlocks OK. ${writing}${alarm} ${connected}`,
    };
  }
  return { tone: "good", verdict: "Yes", because: `Interlocks OK. ${writing}${connected}` };
}

function next(
  now: Snapshot,
  proposal: ProposalSummary | null,
  remedy: ProposalSummary | null,
): Pick<Answers, "next" | "nextProposal" | "nextMore"> {
  if (proposal === null && remedy !== null) {
    return {
      next: "Have the fault itself repaired; acknowledge the alarms",
      nextProposal: null,
      nextMore: `Done: ${remedy.title}.`,
    };
  }
  if (proposal !== null) {
    const verb =
      { AWAITING_APPROVAL: "Decide", HELD: "Decide" }[proposal.state.type as string] ?? "Watch";
    return {
      next: `${verb}: ${proposal.title}`,
      nextProposal: proposal.id,
      nextMore: `${stateWords(proposal.state)}.`,
    };
  }
  const first = firstAlarm(now.alarms);
  if (first !== null) {
    return { next: first.response, nextProposal: null, nextMore: "" };
  }
  if (now.alarms.some((alarm) => alarm.state === "RETURNED_UNACKNOWLEDGED")) {
    return { next: "Acknowledge what returned to normal", nextProposal: null, nextMore: "" };
  }
  if (now.findings.some((finding) => finding.active)) {
    return {
      next: "Look at what the twin noticed",
      nextProposal: null,
      nextMore: "No proposal to act.",
    };
  }
  return { next: "Nothing to do", nextProposal: null, nextMore: "" };
}

function call(
  facility: Facility,
  now: Snapshot,
  diagnosis: Diagnosis | null,
  alarmCallOut: string,
): Pick<Answers, "call" | "callMore"> {
  if (alarmCallOut !== "") {
    return { call: alarmCallOut, callMore: "For the first alarm." };
  }
  const channel =
    now.findings.find((f) => f.active)?.channels[0] ??
    (diagnosis === null ? undefined : diagnosis.causes[0]?.hypothesis.channel);
  const subsystem = facility.channels.find((known) => known.id === channel)?.subsystem;
  const callOut = facility.subsystems.find((known) => known.name === subsystem)?.callOut;
  return callOut === undefined
    ? { call: "Nobody", callMore: "" }
    : { call: callOut, callMore: "If it does not explain itself." };
}

/** A finding's message names its channels itself. */
function alarmText(facility: Facility, alarm: Alarm): string {
  return alarm.kind === "FINDING"
    ? alarm.message
    : `${titleOf(facility, alarm.channel)}: ${alarm.message}`;
}

/** What a person calls a channel. */
export function titleOf(facility: Facility, id: string): string {
  return facility.channels.find((channel) => channel.id === id)?.description ?? id;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
