import { describe, expect, it } from "vitest";
import type { HistoryPoint } from "../../api/types";
import { courseOf } from "./measured";

const points: HistoryPoint[] = [
  [10, 1, 1, 1, "NONE"],
  [20, 2, 2, 2, "NONE"],
];

describe("a measured course", () => {
  it("shouldGoOnLiveWhereTheArchiveEnds", () => {
    // When
    const course = courseOf({ points, hole: null }, [
      [20, 2],
      [30, 3],
    ]);

    // Then
    expect(course).toEqual([
      [10, 1],
      [20, 2],
      [30, 3],
    ]);
  });

  it("shouldBreakWhereTheArchivesAnswerWasCut", () => {
    // When
    const course = courseOf({ points, hole: { fromMs: 20, toMs: 90 } }, [
      [80, 8],
      [100, 10],
    ]);

    // Then
    expect(course).toEqual([
      [10, 1],
      [20, 2],
      [21, null],
      [80, 8],
      [100, 10],
    ]);
  });
});
