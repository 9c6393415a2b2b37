import { describe, expect, it } from "vitest";
import { awaiting, fault, verified } from "../../test-fixtures/fixtures";
import type { Trajectory } from "../../api/types";
import { judgedBy, rehearsedAfterMs, writtenMs } from "./alignment";
import { insideBand, rehearsalData, shareInside } from "./rehearsalData";

const MINUTE = 60_000;

const withPlan: Trajectory = {
  channel: "c",
  unit: "kg/s",
  points: [
    [0, 0, 1, 2],
    [2 * MINUTE, 10, 11, 12],
  ],
};

describe("laying the measurement over the rehearsal", () => {
  it("shouldKnowTheStepThatAChannelTellsTheEffectOf", () => {
    expect(judgedBy(awaiting.plan, "purif.flow")).toBe(1);
    expect(judgedBy(awaiting.plan, "purif.pump-a.current")).toBe(0);
    expect(judgedBy(awaiting.plan, "cryo.pressure.gauge")).toBe(0);
  });

  it("shouldCountTheLongestTimeOfTheStepsBefore", () => {
    expect(rehearsedAfterMs(awaiting.plan, 0)).toBe(0);
    expect(rehearsedAfterMs(awaiting.plan, 1)).toBe(130_000);
  });

  it("shouldTakeTheTimeOfWritingFromTheRecord", () => {
    expect(writtenMs(awaiting, 1, fault)).toBeNull();
    expect(writtenMs(verified, 1, fault)).toBe(verified.record[1]?.outcomes[0]?.atMs);
  });

  it("shouldCountMinutesFromTheWritingOfTheStep", () => {
    // When
    const data = rehearsalData(withPlan, undefined, [[500 * MINUTE, 1.5]], 0, 500 * MINUTE, 1);

    // Then
    expect(data[0]).toEqual([0, 2]);
    expect(data[7]).toEqual([1.5, undefined]);
    expect(data[4]).toEqual([0, 10]);
  });

  it("shouldDrawNoLineOverWhatIsMissingOfTheMeasurement", () => {
    // Given
    const course: [number, number | null][] = [
      [0, 1],
      [1, null],
      [3 * MINUTE, 3],
    ];

    // When
    const data = rehearsalData(withPlan, undefined, course, 0, 0, 1);

    // Then: also not where only the prediction has a point
    expect(data[0]).toEqual([0, 1 / MINUTE, 2, 3]);
    expect(data[7]).toEqual([1, null, null, 3]);
  });

  it("shouldSayWhetherReachedInsideTheBand", () => {
    expect(insideBand(withPlan, [2 * MINUTE, 11], 0, 0)).toBe(true);
    expect(insideBand(withPlan, [2 * MINUTE, 13], 0, 0)).toBe(false);
    expect(insideBand(withPlan, [MINUTE, 1.5], 0, 0)).toBe(true);
    expect(insideBand(withPlan, [9 * MINUTE, 11], 0, 0)).toBeNull();
    expect(insideBand(withPlan, [MINUTE, null], 0, 0)).toBeNull();
  });

  it("shouldCountOnlyWhatWasMeasuredSinceTheWriting", () => {
    const course: [number, number | null][] = [
      [-MINUTE, 99],
      [0, 1],
      [MINUTE, 99],
      [90_000, null],
    ];
    expect(shareInside(withPlan, course, 0, 0)).toBe(0.5);
    expect(shareInside(withPlan, [], 0, 0)).toBeNull();
  });
});
