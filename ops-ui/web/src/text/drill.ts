import type { DrillDebrief, DrillEntry, DrillKind, DrillMeasure } from "../api/types";
import { durationText } from "./time";
import type { Tone } from "./words";

export const KIND_WORDS: Record<DrillKind, string> = {
  STARTED: "start",
  HIDDEN: "in the detector",
  ALARM: "alarm",
  FINDING: "Orrery finds",
  RANKING: "Orrery suspects",
  PROPOSAL: "Orrery proposes",
  NOTICE: "you saw",
  DIAGNOSIS: "your diagnosis",
  SENT: "you asked for",
  DONE: "carried out",
  FAILED: "not done",
  ACKNOWLEDGED: "alarm acknowledged",
  AGREED: "you agreed",
  APPROVED: "you approved",
  REJECTED: "you rejected",
  STOPPED_WRITING: "Orrery writing stopped",
  RECOVERED: "well again",
  ENDED: "end",
};

/** Whose doing a line is: the detector's, Orrery's or the trainee's. */
export function side(kind: DrillKind): "detector" | "well" | "orrery" | "trainee" | "drill" {
  switch (kind) {
    case "HIDDEN":
      return "detector";
    case "RECOVERED":
      return "well";
    case "ALARM":
    case "FINDING":
    case "RANKING":
    case "PROPOSAL":
      return "orrery";
    case "STARTED":
    case "ENDED":
      return "drill";
    default:
      return "trainee";
  }
}

export const MEASURE_WORDS: Record<DrillMeasure["what"], string> = {
  notice: "Time to notice",
  diagnose: "Time to the right diagnosis",
  recover: "Time to recover",
};

/** Better than the reference, worse, or nothing to compare. */
export function measureTone({ tookMs, referenceMs }: DrillMeasure): Tone {
  if (referenceMs === null) {
    return "calm";
  }
  if (tookMs === null) {
    return "bad";
  }
  return tookMs <= referenceMs ? "good" : "care";
}

/** "+12 min 3 s" after the start. */
export function afterStart(atMs: number, startMs: number): string {
  return `+${durationText(atMs - startMs)}`;
}

/** A vertical line in a plot; its number stands at its top, its name beside the plots. */
export interface Mark {
  number: number;
  /** Minutes after the start. */
  minute: number;
  label: string;
  tone: "fault" | "orrery" | "trainee" | "good";
}

/** The few moments that a plot shows; everything else stands in the course beside it. */
export function marksOf(debrief: DrillDebrief, startMs: number): Mark[] {
  const marks: Omit<Mark, "number">[] = [];
  const add = (atMs: number | undefined, label: string, tone: Mark["tone"]): void => {
    if (atMs !== undefined) {
      marks.push({ minute: (atMs - startMs) / 60_000, label, tone });
    }
  };
  const onset = debrief.onsetMs ?? startMs;
  const first = (kind: DrillKind, fits: (entry: DrillEntry) => boolean = () => true) =>
    debrief.timeline.find((e) => e.kind === kind && e.atMs >= onset && fits(e))?.atMs;
  add(debrief.onsetMs ?? undefined, "it begins", "fault");
  add(first("ALARM"), "first alarm", "orrery");
  add(first("RANKING"), "Orrery suspects", "orrery");
  add(first("NOTICE"), "you noticed", "trainee");
  const diagnoses = debrief.timeline.filter((entry) => entry.kind === "DIAGNOSIS");
  add(diagnoses.at(-1)?.atMs, "your diagnosis", "trainee");
  add(first("APPROVED"), "you approved", "trainee");
  for (const entry of debrief.timeline.filter((e) => e.kind === "DONE").slice(0, 4)) {
    add(entry.atMs, entry.text, "trainee");
  }
  add(first("RECOVERED"), "well again", "good");
  return marks
    .sort((a, b) => a.minute - b.minute)
    .map((mark, i) => ({ ...mark, number: i + 1 }));
}

/** "12 %", of the time that the drill ran. */
export function lossText({ lostMs, elapsedMs }: DrillDebrief["loss"]): string {
  return elapsedMs <= 0 ? "0 %" : `${((100 * lostMs) / elapsedMs).toFixed(0)} %`;
}
