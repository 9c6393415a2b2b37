import { describe, expect, it } from "vitest";
import type { Reading, Snapshot, Tick } from "../api/types";
import { type LiveState, NOTHING_YET, reduce } from "./state";

const reading = (v: number, t: number): Reading => ({ v, d: String(v), s: "NONE", q: "GOOD", t });

const snapshot: Snapshot = {
  feed: { stale: false, why: "", sinceMs: null, heardMs: 900 },
  plantMs: 1_000,
  wallMs: 500,
  timeFactor: 20,
  version: "test",
  control: "SUPERVISED",
  operations: { mode: "PHYSICS", run: null, control: null, tagOuts: [], locks: [] },
  writing: { known: true, stopped: false, by: "", reason: "" },
  rooms: [],
  channels: { "purif.flow": reading(1.67, 900), "env.barometer": reading(970, 900) },
  alarms: [],
  twin: null,
  findings: [],
  diagnosis: null,
  proposals: [],
  loss: [],
  drill: null,
};

const tick: Tick = {
  feed: { stale: true, why: "see to Kafka", sinceMs: 600, heardMs: 900 },
  plantMs: 6_000,
  wallMs: 750,
  timeFactor: 20,
  version: "test",
  control: "SUPERVISED",
  channels: { "purif.flow": reading(1.6, 5_900) },
};

const live = (): LiveState => reduce(NOTHING_YET, { type: "snapshot", at: 100, data: snapshot });

describe("live state", () => {
  it("shouldTakeChangedChannelsAndKeepTheOthers", () => {
    // When
    const after = reduce(live(), { type: "tick", at: 350, data: tick });

    // Then
    expect(after.snapshot?.channels["purif.flow"]?.v).toBe(1.6);
    expect(after.snapshot?.channels["env.barometer"]).toBe(snapshot.channels["env.barometer"]);
    expect(after.snapshot?.plantMs).toBe(6_000);
    expect(after.snapshot?.feed.stale).toBe(true);
  });

  it("shouldNoticeByItselfThatUpdatesStopped", () => {
    // When
    const still = reduce(live(), { type: "clock", at: 3_000 });
    const stale = reduce(still, { type: "clock", at: 3_200 });
    const later = reduce(stale, { type: "clock", at: 5_200 });

    // Then
    expect(still.link.phase).toBe("LIVE");
    expect(stale.link.phase).toBe("STALE");
    expect(later.link.silentForS).toBe(5);
  });

  it("shouldBeLiveAgainWithTheNextTick", () => {
    // Given
    const stale = reduce(live(), { type: "clock", at: 9_000 });

    // When
    const after = reduce(stale, { type: "tick", at: 9_100, data: tick });

    // Then
    expect(after.link).toMatchObject({ phase: "LIVE", silentForS: 0, retryAt: null });
  });

  it("shouldNotCountMessagesOtherThanTicksAsAlive", () => {
    // When
    const after = reduce(reduce(live(), { type: "alarms", data: [] }), {
      type: "clock",
      at: 3_200,
    });

    // Then
    expect(after.link.phase).toBe("STALE");
  });

  it("shouldIgnoreChangesBeforeTheFirstSnapshot", () => {
    expect(reduce(NOTHING_YET, { type: "alarms", data: [] })).toBe(NOTHING_YET);
  });

  it("shouldNotLetALateVersionReplaceANewerProposal", () => {
    // Given
    const proposal = (version: number) => ({
      id: "p",
      version,
      title: "t",
      reason: "r",
      askedBy: "orrery",
      risk: "NORMAL" as const,
      state: { type: "DRAFT" as const, atMs: version, terminal: false },
      createdMs: 0,
      expiresMs: 0,
      planHash: "",
      diagnosisId: null,
      findingId: null,
    });
    const known = reduce(live(), { type: "proposal", data: proposal(3) });

    // When
    const late = reduce(known, { type: "proposal", data: proposal(2) });
    const next = reduce(known, { type: "proposal", data: proposal(4) });

    // Then
    expect(late.snapshot?.proposals[0]?.version).toBe(3);
    expect(next.snapshot?.proposals.map((p) => p.version)).toEqual([4]);
  });
});
