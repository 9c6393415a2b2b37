import type { DrillDebrief, DrillState } from "../api/types";

const START_MS = 1_795_892_420_000;
const MINUTE_MS = 60_000;

/** A drill that waits for its trainee. */
export const readyDrill: DrillState = {
  sheet: {
    name: "quiet-pump",
    title: "The quiet pump",
    level: "first steps",
    briefing: ["You are the shifter of the night.", "A technician sleeps in the house."],
    factor: 10,
    lengthMs: 100 * MINUTE_MS,
    diagnoses: [
      { id: "pump", title: "Recirculation pump A has stopped" },
      { id: "meter", title: "The flow meter is wrong" },
      { id: "nothing", title: "Nothing is wrong" },
    ],
    actions: [
      { id: "call", title: "Telephone the cryogenics expert", walkMs: 2 * MINUTE_MS },
      { id: "start-b", title: "Switch pump B on, at the rack", walkMs: 8 * MINUTE_MS },
    ],
  },
  phase: "READY",
  waitingFor: "",
  startedMs: null,
  endedMs: null,
  record: [],
  walks: [],
};

const entry = (minute: number, kind: DrillDebrief["timeline"][number]["kind"], text: string) => ({
  atMs: START_MS + minute * MINUTE_MS,
  kind,
  subject: "",
  text,
  by: "anna",
  verdict: "NEUTRAL" as const,
});

export const runningDrill: DrillState = {
  ...readyDrill,
  phase: "RUNNING",
  startedMs: START_MS,
  record: [entry(0, "STARTED", "the drill began"), entry(9, "NOTICE", "The flow is gone")],
  walks: [{ action: "start-b", dueMs: START_MS + 20 * MINUTE_MS }],
};

export const endedDrill: DrillState = {
  ...runningDrill,
  phase: "ENDED",
  endedMs: START_MS + 40 * MINUTE_MS,
  walks: [],
};

export const debrief: DrillDebrief = {
  summary: ["You noticed after 1 min; a good shifter takes 5 min."],
  cause: "Recirculation pump A stopped.",
  story: ["Nothing pushed the argon through the filter any more."],
  signs: [{ channel: "purif.flow", text: "1.67 kg/s to 0" }],
  decoys: ["The nitrogen valve moves, but downwards."],
  onsetMs: START_MS + 8 * MINUTE_MS,
  timeline: [
    entry(0, "STARTED", "the drill began"),
    entry(8, "HIDDEN", "recirculation pump A stopped"),
    entry(8.2, "ALARM", "0.59 kg/s is below 1.2 kg/s"),
    entry(9, "NOTICE", "The flow is gone"),
    { ...entry(10, "DIAGNOSIS", "The flow meter is wrong"), verdict: "WRONG" },
    { ...entry(11, "DIAGNOSIS", "Recirculation pump A has stopped"), verdict: "RIGHT" },
    entry(20, "DONE", "Stop the run"),
    entry(40, "ENDED", "the drill is over"),
  ],
  measures: [
    { what: "notice", tookMs: MINUTE_MS, referenceMs: 5 * MINUTE_MS },
    { what: "diagnose", tookMs: 20 * MINUTE_MS, referenceMs: 15 * MINUTE_MS },
    { what: "recover", tookMs: null, referenceMs: 35 * MINUTE_MS },
  ],
  answer: {
    given: "Recirculation pump A has stopped",
    right: true,
    correct: "Recirculation pump A has stopped",
    why: "All fell together.",
  },
  duties: [
    { text: "Say that it is wrong", why: "Early is cheap.", doneMs: START_MS + 9 * MINUTE_MS },
    { text: "Start pump B", why: "It brings the flow back.", doneMs: null },
  ],
  mistakes: [
    {
      atMs: START_MS + 20 * MINUTE_MS,
      text: "Stop the run",
      effect: "No data are taken.",
      why: "The data were good.",
    },
  ],
  loss: { lostMs: 32 * MINUTE_MS, elapsedMs: 40 * MINUTE_MS, meaning: "nothing circulates" },
  traces: [
    {
      channel: "purif.flow",
      points: [
        [START_MS, 1.67],
        [START_MS + 9 * MINUTE_MS, 0],
      ],
    },
  ],
};
