import { describe, expect, it } from "vitest";
import {
  audit,
  awaiting,
  facility,
  fault,
  history,
  remedied,
  verified,
} from "../test-fixtures/fixtures";
import type { Severity } from "./types";

const SEVERITIES: Severity[] = ["NONE", "MINOR", "MAJOR", "INVALID"];

function keys(value: object | null | undefined): string[] {
  return Object.keys(value ?? {}).sort();
}

describe("answers of a running Orrery", () => {
  it("shouldDescribeTheFacilityAsTheTypesSay", () => {
    expect(keys(facility)).toEqual(
      [
        "channels",
        "modes",
        "name",
        "simulated",
        "subsystems",
        "timeFactor",
        "title",
        "zone",
      ].sort(),
    );
    expect(keys(facility.subsystems[0])).toEqual(["callOut", "headline", "name", "title"]);
    expect(keys(facility.channels[0])).toEqual(
      // prettier-ignore
      ["cadenceMs", "choices", "description", "device", "egu", "id", "kind", "limits", "limitsByMode", "procedures", "pv", "subsystem", "unit", "writable"],
    );
  });

  it("shouldGiveASnapshotAsTheTypesSay", () => {
    expect(keys(fault)).toEqual(
      // prettier-ignore
      ["alarms", "channels", "control", "diagnosis", "drill", "feed", "findings", "loss", "operations", "plantMs", "proposals", "rooms", "timeFactor", "twin", "version", "wallMs", "writing"],
    );
    for (const reading of Object.values(fault.channels)) {
      expect(keys(reading)).toEqual(["d", "q", "s", "t", "v"]);
      expect(SEVERITIES).toContain(reading.s);
    }
    expect(keys(fault.alarms[0])).toEqual(
      // prettier-ignore
      ["acknowledgedBy", "callOut", "changedMs", "channel", "firstOut", "kind", "message", "mirror", "priority", "raisedMs", "response", "severity", "state", "subsystem"],
    );
    expect(keys(fault.twin)).toEqual([
      "agreement",
      "atMs",
      "channels",
      "nis",
      "parameters",
      "workingHypothesis",
    ]);
    expect(keys(fault.diagnosis)).toEqual([
      "agreement",
      "atMs",
      "causes",
      "completeness",
      "discriminators",
      "finding",
      "id",
      "onsetMs",
    ]);
    expect(fault.diagnosis?.causes[0]?.hypothesis).toMatchObject({
      type: "PLANT_FAULT",
      code: "F5",
    });
  });

  it("shouldGiveAProposalAsTheTypesSay", () => {
    for (const proposal of [awaiting, verified]) {
      expect(proposal.planHash).toBe(proposal.plan.hash);
      expect(proposal.diagnosisId).toBe(proposal.diagnosis?.id);
      expect(proposal.findingId).toBe(proposal.diagnosis?.finding);
      expect(keys(proposal.plan.steps[0])).toEqual(
        // prettier-ignore
        ["channel", "current", "display", "holdState", "preconditions", "timeoutMs", "title", "undo", "unit", "verification"],
      );
      expect(keys(proposal.plan.steps[0]?.undo)).toEqual(["because", "display", "preconditions"]);
      expect(proposal.rehearsal?.type).toBe("REHEARSED");
    }
    expect(awaiting.state.type).toBe("AWAITING_APPROVAL");
    expect(verified.state).toMatchObject({ type: "VERIFIED", terminal: true });
    expect(verified.record[0]?.outcomes[0]).toMatchObject({ type: "CONFIRMED", readback: "OFF" });
  });

  it("shouldGivePastAndRecordAsTheTypesSay", () => {
    expect(keys(history)).toEqual(["channel", "nextMs", "points", "reduced", "truncated"]);
    expect(history.points[0]).toHaveLength(5);
    expect(keys(audit[0])).toEqual([
      "action",
      "actor",
      "atMs",
      "content",
      "hash",
      "previousHash",
      "sequence",
      "subject",
    ]);
    expect(audit[1]?.previousHash).toBe(audit[0]?.hash);
    expect(remedied.proposals[0]?.state.type).toBe("VERIFIED");
  });
});
