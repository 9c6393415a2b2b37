// The story that dev/mock.mjs plays: pump A stops, Orrery notices, proposes, a person approves, pump B
// takes over. For development only: made-up physics, seeded, no part of what is delivered.
import { diagnosis } from "./diagnosis.mjs";
import { facility, nominal } from "./facility.mjs";

const MINUTE = 60_000;
const LIFE = 40 * MINUTE;
const HASH = "9f2c64d0a1b7e83355aa07c1f24be6d09c1e7a5b3d8f60412e9bb8c7d6a5f4e3";

function random(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export class Story {
  constructor(seed, wallMs) {
    this.chance = random(seed);
    this.factor = 20;
    this.wall0 = wallMs;
    this.plant0 = wallMs;
    this.plantMs = wallMs - LIFE;
    this.wallMs = wallMs;
    this.values = new Map([...nominal].map(([id, { value }]) => [id, value]));
    this.past = new Map(facility.channels.map((c) => [c.id, []]));
    this.faultAt = null;
    this.decided = null;
    this.writing = {
      known: true,
      stopped: false,
      by: "",
      reason: "",
      sinceMs: wallMs,
      releasedBy: [],
    };
    this.control = null;
    this.acknowledged = new Map();
    this.dead = new Set();
    while (this.plantMs < this.plant0) {
      this.step(this.plantMs + 5_000, wallMs);
    }
  }

  gauss() {
    return (this.chance() + this.chance() + this.chance() + this.chance() - 2) * 1.7;
  }

  now(wallMs) {
    this.step(this.plant0 + (wallMs - this.wall0) * this.factor, wallMs);
  }

  step(plantMs, wallMs) {
    const dt = (plantMs - this.plantMs) / 1000;
    this.plantMs = plantMs;
    this.wallMs = wallMs;
    const v = this.values;
    const toward = (id, target, seconds) =>
      v.set(id, v.get(id) + (target - v.get(id)) * (1 - Math.exp(-dt / seconds)));
    const failed = this.faultAt !== null && plantMs >= this.faultAt;
    const bOn = this.stepConfirmed(1);
    v.set("purif.pump-a.enable", this.stepConfirmed(0) ? 0 : 1);
    v.set("purif.pump-b.enable", bOn ? 1 : 0);
    toward("purif.pump-a.speed", failed ? 0 : 50, 12);
    toward("purif.pump-a.current", failed ? 0 : 4.02, 4);
    toward("purif.pump-a.dp", failed ? 0 : 812, 10);
    toward("purif.pump-b.speed", bOn ? 50 : 0, 15);
    toward("purif.pump-b.current", bOn ? 4.0 : 0, 5);
    toward(
      "purif.flow",
      ((v.get("purif.pump-a.speed") + v.get("purif.pump-b.speed")) / 50) * 1.67,
      8,
    );
    if (failed && !bOn) {
      v.set("purif.prm2.lifetime", v.get("purif.prm2.lifetime") - dt * 1.5e-5);
    }
    for (const [id, past] of this.past) {
      past.push([plantMs, this.measured(id)]);
      if (past.length > 5_000) {
        past.splice(0, 1_000);
      }
    }
  }

  measured(id) {
    return this.values.get(id) + this.gauss() * (nominal.get(id)?.noise ?? 0);
  }

  stepConfirmed(index) {
    return this.decided === "approve" && this.sinceDecision() > (index === 0 ? 2_000 : 5_000);
  }

  sinceDecision() {
    return this.decidedAt === undefined ? 0 : this.wallMs - this.decidedAt;
  }

  sinceFault() {
    return this.faultAt === null ? -1 : (this.plantMs - this.faultAt) / 1000;
  }

  reading(channel) {
    const v = this.past.get(channel.id).at(-1)[1];
    const value = channel.kind === "DOUBLE" ? v : Math.round(v);
    const { lolo, low, high, hihi } = channel.limits;
    const major = (lolo !== null && v < lolo) || (hihi !== null && v > hihi);
    const minor = (low !== null && v < low) || (high !== null && v > high);
    return {
      v: value,
      d: channel.kind === "CHOICE" ? channel.choices[value] : String(value),
      s: major ? "MAJOR" : minor ? "MINOR" : "NONE",
      q: this.dead.has(channel.id) ? "DISCONNECTED" : "GOOD",
      t: this.plantMs,
    };
  }

  channels() {
    return Object.fromEntries(facility.channels.map((c) => [c.id, this.reading(c)]));
  }

  twin() {
    const ids = facility.channels.filter(
      (c) => c.kind === "DOUBLE" && !c.id.startsWith("mon.") && !c.id.startsWith("pds"),
    );
    const adopted = this.sinceFault() > 90;
    const surprised = this.sinceFault() > 15 && !adopted;
    const band = ({ id }) => {
      const { value, noise } = nominal.get(id);
      const middle = surprised ? value : this.values.get(id);
      const half = Math.max(noise * 2.4, 1e-3);
      return [id, { low: middle - half, median: middle, high: middle + half }];
    };
    return {
      agreement: surprised ? "DOUBTS" : "AGREES",
      nis: surprised ? 41 : 1.02,
      workingHypothesis: adopted ? "recirculation pump A stopped" : null,
      atMs: this.plantMs,
      channels: Object.fromEntries(ids.map(band)),
      parameters: [{ name: "impurity source", mean: 0.12, sd: 0.02, unit: "ppb/d" }],
    };
  }

  alarms() {
    const since = this.sinceFault();
    const v = this.values;
    const rows = [];
    const add = (channel, message, priority, response, firstOut, back) => {
      const by = this.acknowledged.get(channel) ?? null;
      if (back && by !== null) {
        return;
      }
      rows.push({
        channel,
        kind: "LIMIT",
        severity: "MAJOR",
        message,
        priority,
        response,
        firstOut,
        state: back ? "RETURNED_UNACKNOWLEDGED" : by === null ? "UNACKNOWLEDGED" : "ACKNOWLEDGED",
        raisedMs: this.faultAt + 9_000,
        changedMs: this.faultAt + 14_000,
        acknowledgedBy: by,
        subsystem: "purification",
        callOut: "Cryogenics expert on call, 16-5002",
        mirror: null,
      });
    };
    if (since > 20) {
      const flow = v.get("purif.flow");
      add(
        "purif.flow",
        `${flow.toFixed(2)} kg/s is below 1.20 kg/s`,
        "HIGH",
        "Compare with pump speed and current: a dead flow meter shows a running pump. With the pump stopped, start the standby pump.",
        true,
        flow > 1.45,
      );
    }
    if (since > 30) {
      add(
        "purif.pump-a.speed",
        "pump A is switched on but stands still",
        "MEDIUM",
        "See the flow alarm.",
        false,
        this.stepConfirmed(0),
      );
    }
    return rows;
  }

  findings() {
    const since = this.sinceFault();
    return since < 25
      ? []
      : [
          {
            id: "f-1",
            detector: "twin innovations",
            title: "Circulation is not as the twin expects",
            channels: ["purif.flow", "purif.pump-a.speed"],
            fromMs: this.faultAt,
            toMs: this.plantMs,
            score: 21.4,
            pValue: 1e-9,
            completeness: 0.998,
            active: !this.verified(),
            evidence: [
              { channel: "purif.flow", text: "1.67 kg/s below what is expected", weight: 14 },
            ],
          },
        ];
  }

  diagnosis() {
    return this.sinceFault() < 90 ? null : diagnosis(this.faultAt);
  }

  verified() {
    return this.decided === "approve" && this.sinceDecision() > 24_000;
  }

  state() {
    const since = this.sinceDecision();
    const at = (type, more = {}) => ({
      type,
      atMs: this.decidedAt ?? this.proposedAt(),
      terminal: false,
      ...more,
    });
    if (this.decided === null) {
      return at("AWAITING_APPROVAL");
    }
    if (this.decided === "reject") {
      return at("REJECTED", { terminal: true, by: "anna", why: this.reason });
    }
    if (this.verified()) {
      return at("VERIFIED", { terminal: true });
    }
    if (since < 1_000) {
      return at("APPROVED");
    }
    const step = since < 4_000 ? 0 : 1;
    return at("EXECUTING", { step, phase: this.stepConfirmed(step) ? "VERIFYING" : "WRITING" });
  }

  proposedAt() {
    return this.wall0 + (this.faultAt + 120_000 - this.plant0) / this.factor;
  }

  summary() {
    return this.sinceFault() < 120
      ? null
      : {
          id: "p-0001",
          version: 1 + Math.floor(this.sinceDecision() / 500),
          title: "Start standby pump B",
          reason:
            "pump A has stopped and nothing circulates; without circulation the purity falls. pump B stands by and takes over.",
          risk: "NORMAL",
          state: this.state(),
          createdMs: this.proposedAt(),
          expiresMs: this.proposedAt() + 15 * MINUTE,
          planHash: HASH,
          diagnosisId: this.diagnosis()?.id ?? null,
          findingId: this.diagnosis()?.finding ?? null,
        };
  }
}
