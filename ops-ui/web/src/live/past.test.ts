import { describe, expect, it } from "vitest";
import type { History, HistoryPoint } from "../api/types";
import { fetchRest, joined, MOST_ANSWERS, pastOf } from "./past";

const point = (t: number): HistoryPoint => [t, t, t, t, "NONE"];

function answer(times: number[], nextMs: number | null = null): History {
  const points = times.map(point);
  return { channel: "purif.flow", reduced: false, truncated: nextMs !== null, nextMs, points };
}

describe("a past that may be cut", () => {
  it("shouldMissNothingWhereTheAnswerIsWhole", () => {
    // When
    const past = pastOf(answer([1, 2]), 10);

    // Then
    expect(past).toEqual({ points: [point(1), point(2)], hole: null });
  });

  it("shouldSayFromWhenToWhenACutAnswerMissesSomething", () => {
    // When
    const past = pastOf(answer([1, 2], 2), 10);

    // Then
    expect(past.hole).toEqual({ fromMs: 2, toMs: 10 });
  });

  it("shouldHaveEveryPointOnceWhereAnswersOverlap", () => {
    // Given
    const past = pastOf(answer([1, 2], 2), 10);

    // When
    const whole = joined(past, answer([2, 3, 9]), 10);

    // Then
    expect(whole).toEqual({ points: [1, 2, 3, 9].map(point), hole: null });
  });

  it("shouldAskOnFromEachCutUntilNothingIsMissing", async () => {
    // Given
    const asked: [number, number][] = [];
    const answers = [answer([2, 3, 4], 4), answer([4, 5, 6])];

    // When
    const whole = await fetchRest(pastOf(answer([1, 2], 2), 10), (fromMs, toMs) => {
      asked.push([fromMs, toMs]);
      return Promise.resolve(answers.shift()!);
    });

    // Then
    expect(asked).toEqual([
      [2, 10],
      [4, 10],
    ]);
    expect(whole).toEqual({ points: [1, 2, 3, 4, 5, 6].map(point), hole: null });
  });

  it("shouldPauseAfterSomeAnswersAndStillSayWhatIsMissing", async () => {
    // Given
    let asked = 0;

    // When
    const past = await fetchRest(pastOf(answer([0], 0), 1_000), (fromMs) => {
      asked++;
      return Promise.resolve(answer([fromMs, fromMs + 1], fromMs + 1));
    });

    // Then
    expect(asked).toBe(MOST_ANSWERS);
    expect(past.hole).toEqual({ fromMs: MOST_ANSWERS, toMs: 1_000 });
    expect(past.points).toHaveLength(MOST_ANSWERS + 1);
  });

  it("shouldNotAskForEverWhereAnAnswerBringsNothing", async () => {
    // Given
    let asked = 0;

    // When
    const past = await fetchRest(pastOf(answer([1, 2], 2), 10), () => {
      asked++;
      return Promise.resolve(answer([2, 2], 2));
    });

    // Then
    expect(asked).toBe(1);
    expect(past.hole).toEqual({ fromMs: 2, toMs: 10 });
  });
});
