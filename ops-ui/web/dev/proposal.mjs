// The full proposal of dev/story.mjs. For development only.

const MINUTE = 60_000;

const within = (channel, low, high, because) => ({ channel, low, high, because, maxAgeMs: 30_000 });
const shows = (channel, choice, because) => ({
  channel,
  shows: choice,
  because,
  maxAgeMs: 3_600_000,
});

function steps(story) {
  const label = (id) => (Math.round(story.values.get(id)) === 1 ? "ON" : "OFF");
  return [
    {
      title: "Switch pump A off",
      channel: "purif.pump-a.enable",
      display: "OFF",
      unit: "1",
      current: label("purif.pump-a.enable"),
      preconditions: [shows("purif.pump-a.remote", "REMOTE", "nobody works at pump A")],
      verification: [
        {
          channel: "purif.pump-a.current",
          low: -0.5,
          high: 0.5,
          unit: "A",
          withinMs: 2 * MINUTE,
          holdMs: 10_000,
        },
      ],
      holdState:
        "Both pumps are off and nothing circulates; the purity falls by less than a fifth in a day.",
      undo: {
        display: "ON",
        because: "pump A was switched on before, and the other pump is off",
        preconditions: [shows("purif.pump-b.enable", "OFF", "only one pump may run")],
      },
      timeoutMs: 5_000,
    },
    {
      title: "Start pump B",
      channel: "purif.pump-b.enable",
      display: "ON",
      unit: "1",
      current: label("purif.pump-b.enable"),
      preconditions: [
        shows("purif.pump-a.enable", "OFF", "only one pump may run"),
        shows("purif.pump-b.remote", "REMOTE", "nobody works at pump B"),
      ],
      verification: [
        {
          channel: "purif.flow",
          low: 1.2,
          high: 2.1,
          unit: "kg/s",
          withinMs: 5 * MINUTE,
          holdMs: 2 * MINUTE,
        },
        {
          channel: "purif.pump-b.speed",
          low: 46,
          high: 54,
          unit: "Hz",
          withinMs: 5 * MINUTE,
          holdMs: 2 * MINUTE,
        },
      ],
      holdState: "pump B is left as it is; pump A stays off.",
      undo: {
        display: "OFF",
        because: "switching a pump off only stops the circulation, as it was before",
        preconditions: [shows("purif.pump-b.remote", "REMOTE", "nobody works at pump B")],
      },
      timeoutMs: 5_000,
    },
  ];
}

function trajectory(channel, unit, startMs, at, spread) {
  const points = [];
  for (let minute = 0; minute <= 20; minute += 0.25) {
    const median = at(minute);
    const half = spread * (0.3 + Math.min(1, minute / 4));
    points.push([startMs + minute * MINUTE, median - half, median, median + half]);
  }
  return { channel, unit, points };
}

function rehearsal(story) {
  const startMs = story.faultAt + 118_000;
  const rise = (top) => (minute) => top * (1 - Math.exp(-Math.max(0, minute - 2.2) / 0.5));
  const flat = (value) => () => value;
  return {
    type: "REHEARSED",
    startMs,
    agreement: "AGREES",
    hypothesis: "recirculation pump A stopped",
    twinVersion: "lar/1",
    withPlan: [
      trajectory("purif.flow", "kg/s", startMs, rise(1.67), 0.08),
      trajectory("purif.pump-b.speed", "Hz", startMs, rise(50), 0.6),
      trajectory(
        "cryo.pressure.gauge",
        "mbar",
        startMs,
        (m) => 87.2 - 1.2 * (1 - Math.exp(-m / 6)),
        0.9,
      ),
    ],
    withoutPlan: [
      trajectory("purif.flow", "kg/s", startMs, flat(0), 0.03),
      trajectory("purif.pump-b.speed", "Hz", startMs, flat(0), 0.1),
      trajectory("cryo.pressure.gauge", "mbar", startMs, flat(87.2), 0.9),
    ],
    predictedAlarms: [],
  };
}

function record(story) {
  const at = (ms) => story.plant0 + (story.decidedAt + ms - story.wall0) * story.factor;
  const rows = [];
  if (story.stepConfirmed(0)) {
    rows.push({
      step: 0,
      undo: false,
      command: "c-1",
      outcomes: [{ type: "CONFIRMED", atMs: at(2_000), readback: "OFF" }],
      checks: [
        {
          channel: "purif.pump-a.current",
          observed: 0.02,
          low: -0.5,
          high: 0.5,
          passed: true,
          atMs: at(3_000),
        },
      ],
    });
  }
  if (story.stepConfirmed(1)) {
    const done = story.verified();
    rows.push({
      step: 1,
      undo: false,
      command: "c-2",
      outcomes: [{ type: "CONFIRMED", atMs: at(5_000), readback: "ON" }],
      checks: done
        ? [
            {
              channel: "purif.flow",
              observed: 1.66,
              low: 1.2,
              high: 2.1,
              passed: true,
              atMs: at(24_000),
            },
          ]
        : [],
    });
  }
  return rows;
}

export function fullProposal(story) {
  const summary = story.summary();
  return {
    ...summary,
    plan: {
      hash: summary.planHash,
      playbook: "start-standby-pump/1",
      title: summary.title,
      reason: summary.reason,
      risk: summary.risk,
      expiresMs: summary.expiresMs,
      callOut: "Cryogenics expert on call, 16-5002",
      preconditions: [
        within("purif.flow", -0.5, 0.5, "nothing circulates"),
        within(
          "purif.pump-a.speed",
          -0.5,
          2,
          "pump A stands still, so the flow meter is not the one that lies",
        ),
        within("purif.pump-b.current", -0.5, 0.5, "pump B is not running already"),
        shows("purif.pump-b.enable", "OFF", "pump B stands by"),
        within("purif.filter.select", 0, 1, "a filter is in the path"),
      ],
      stepCount: steps(story).length,
      firstStep: 0,
      steps: steps(story),
    },
    approvalsNeeded: 1,
    approvals:
      story.decided === "approve" && !story.verified()
        ? [{ person: "anna", atMs: story.decidedAt, reason: story.reason }]
        : [],
    diagnosis: story.diagnosis(),
    rehearsal: rehearsal(story),
    record: record(story),
  };
}
