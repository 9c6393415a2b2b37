import { describe, expect, it } from "vitest";
import type { Alarm, RoomHealth, Snapshot } from "../api/types";
import { facility, fault, healthy, reading, remedied } from "../test-fixtures/fixtures";
import { answers } from "./answers";
import { presentTwin } from "./twin";

const alarm = fault.alarms[0] as Alarm;

const BLIND = { stale: true, why: "see to Kafka", sinceMs: 0, heardMs: 0 };

function withRoom(name: string, status: RoomHealth["status"], detail: string): RoomHealth[] {
  return healthy.rooms.map((room) => (room.room === name ? { ...room, status, detail } : room));
}

describe("the five answers", () => {
  it("shouldSayThatNothingIsWrongOnlyWhenNothingIs", () => {
    // When
    const said = answers(facility, healthy);

    // Then
    expect(said).toMatchObject({
      tone: "good",
      what: "Nothing is wrong",
      call: "Nobody",
      sinceMs: null,
    });
    expect(said.safe).toMatchObject({ tone: "good", verdict: "Yes" });
  });

  it("shouldNameTheCauseTheProposalAndWhomToCall", () => {
    // When
    const said = answers(facility, fault);

    // Then
    expect(said.what).toBe("Recirculation pump A stopped");
    expect(said.next).toBe("Decide: Start standby pump B");
    expect(said.nextProposal).toBe(fault.proposals[0]?.id);
    expect(said.call).toContain("16-5002");
    expect(said.sinceMs).toBeLessThanOrEqual(alarm.raisedMs);
    expect(said.safe.verdict).toBe("Yes, for now");
  });

  it("shouldSayRemediedOnceThePlanIsVerifiedAndTheFaultRemains", () => {
    expect(answers(facility, remedied).what).toBe("Remedied: recirculation pump A stopped");
  });

  it("shouldGiveTheAlarmAndItsResponseWhileThereIsNoDiagnosis", () => {
    // Given
    const now: Snapshot = { ...healthy, alarms: [alarm] };

    // When
    const said = answers(facility, now);

    // Then
    expect(said.what).toContain("0.583 kg/s is below 1.2 kg/s");
    expect(said.next).toBe(alarm.response);
  });

  it("shouldSayNoWhenAnInterlockTripped", () => {
    // Given
    const now: Snapshot = {
      ...healthy,
      channels: { ...healthy.channels, "interlock.hv-level": reading(1, { d: "TRIPPED" }) },
    };

    // Then
    expect(answers(facility, now).safe).toMatchObject({
      tone: "bad",
      verdict: "No: interlock tripped",
    });
  });

  it("shouldNotClaimSafetyWithoutReadingTheInterlocks", () => {
    // Given
    const now: Snapshot = {
      ...healthy,
      channels: {
        ...healthy.channels,
        "interlock.hv-level": reading(0, { d: "OK", q: "DISCONNECTED" }),
      },
    };

    // When
    const said = answers(facility, now);

    // Then
    expect(said.safe).toMatchObject({ tone: "unknown", verdict: "Not known" });
    expect(said.what).not.toBe("Nothing is wrong");
  });

  it("shouldNotCallTheDetectorFineWhenAPartOfOrreryIsDown", () => {
    // Given
    const now: Snapshot = {
      ...healthy,
      rooms: withRoom("archive", "DOWN", "no database"),
    };

    // Then
    expect(answers(facility, now)).toMatchObject({
      tone: "care",
      what: "Part of Orrery is down: archive",
    });
  });

  it.each(["gateway", "alarms"])("shouldCallNothingGoodWhile%sIsDown", (room) => {
    // Given
    const now: Snapshot = { ...healthy, rooms: withRoom(room, "DOWN", "not heard for 40 s") };

    // When
    const said = answers(facility, now);

    // Then
    expect(said).toMatchObject({ tone: "unknown", what: `Not known: ${room} down` });
    expect(said.whatMore).toContain("not heard for 40 s");
    expect(said.safe).toMatchObject({ tone: "unknown", verdict: "Not known" });
    expect(said.next).not.toBe("Nothing to do");
  });

  it("shouldCallNothingGoodWhileTheGatewayWasNeverHeardOf", () => {
    expect(answers(facility, { ...healthy, rooms: [] })).toMatchObject({
      tone: "unknown",
      safe: { verdict: "Not known" },
    });
  });

  it("shouldSayThatItCannotTellAndOfWhenTheValuesAreWhileNoneCome", () => {
    // Given
    const feed = { ...BLIND, heardMs: Date.UTC(2026, 10, 23, 2, 3, 27) };

    // When
    const said = answers({ ...facility, zone: "UTC" }, { ...healthy, feed });

    // Then
    expect(said).toMatchObject({ tone: "unknown", what: "Not known: no values come" });
    expect(said.whatMore).toContain("See to Kafka");
    expect(said.safe).toMatchObject({ tone: "unknown", verdict: "Not known" });
    expect(said.safe.because).toBe("No values since 02:03:27: see to Kafka.");
    expect(said.next).toBe("Watch the detector on its own panels");
  });

  it("shouldStillSayNoByAnInterlockThatWasTrippedWhenValuesEnded", () => {
    // Given
    const channels = { ...healthy.channels, "interlock.hv-level": reading(1, { d: "TRIPPED" }) };

    // When
    const { safe } = answers(facility, { ...healthy, channels, feed: BLIND });

    // Then
    expect(safe.verdict).toBe("No: interlock tripped");
    expect(safe.because).toMatch(/^As last known: .*TRIPPED.*see to Kafka/);
  });

  it("shouldKeepTheTroubleThatWasKnownWhenAlarmsFallSilent", () => {
    // When
    const said = answers(facility, { ...fault, rooms: withRoom("alarms", "DOWN", "silent") });

    // Then
    expect(said).toMatchObject({ tone: "bad", what: "Recirculation pump A stopped" });
    expect(said.whatMore).toContain("As last known: alarms down");
    expect(said.safe.verdict).toBe("Not known");
  });

  it("shouldNotCallAFaultRemediedByAPlanForAnother", () => {
    // Given
    const now: Snapshot = {
      ...remedied,
      proposals: remedied.proposals.map((p) => ({ ...p, findingId: "another" })),
    };

    // Then
    expect(answers(facility, now).what).toBe("Recirculation pump A stopped");
  });

  it("shouldCallNoLabelOfAnInterlockSafeButOk", () => {
    // Given
    const now: Snapshot = {
      ...healthy,
      channels: { ...healthy.channels, "interlock.hv-level": reading(2, { d: "FAULT" }) },
    };

    // Then
    expect(answers(facility, now).safe).toMatchObject({
      tone: "bad",
      verdict: "No: interlock not OK",
    });
  });

  it("shouldNotShowADiagnosisWhoseFindingEnded", () => {
    // Given
    const now: Snapshot = {
      ...fault,
      alarms: [],
      proposals: [],
      findings: fault.findings.map((finding) => ({ ...finding, active: false })),
    };

    // Then
    expect(answers(facility, now).what).toBe("Nothing is wrong");
  });
});

describe("the twin's word", () => {
  it("shouldNotCountOnceTheTwinFellSilent", () => {
    expect(presentTwin(fault)?.agreement).toBe("AGREES");
    expect(presentTwin({ ...fault, plantMs: fault.plantMs + 600_000 })).toBeNull();
    expect(presentTwin(null)).toBeNull();
  });
});
