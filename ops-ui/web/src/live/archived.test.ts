import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { HistoryPoint } from "../api/types";
import { healthy } from "../test-fixtures/fixtures";
import { ArchivedPast } from "./archived";
import { NO_PAST, type Past } from "./past";
import { live } from "./store";

const HOUR = 3_600_000;
const start = Math.floor(healthy.plantMs);

/** One sample a minute, and how many points one answer has at most. */
let most = 100_000;
let asked = 0;

function answer(path: string): object {
  const query = new URL(path, "http://localhost").searchParams;
  const from = Number(query.get("from"));
  const to = Number(query.get("to"));
  const all: HistoryPoint[] = [];
  for (let t = Math.ceil((from - start) / 60_000) * 60_000 + start; t < to; t += 60_000) {
    all.push([t, 1, 1, 1, "NONE"]);
  }
  asked++;
  const points = all.slice(0, most);
  const truncated = points.length < all.length;
  const nextMs = truncated ? points.at(-1)?.[0] : null;
  return { channel: "purif.flow", reduced: false, truncated, nextMs, points };
}

function plantTimeIs(ms: number): void {
  live.dispatch({ type: "snapshot", at: 0, data: { ...healthy, plantMs: ms } });
}

beforeEach(() => {
  asked = 0;
  most = 100_000;
  plantTimeIs(start);
  vi.stubGlobal("fetch", (path: string) =>
    Promise.resolve(new Response(JSON.stringify(answer(path)), { status: 200 })),
  );
});

afterEach(() => vi.unstubAllGlobals());

describe("a past from the archive that is kept up to date", () => {
  let shown: Past = NO_PAST;
  const open = (): ArchivedPast =>
    new ArchivedPast("purif.flow", 6 * HOUR, (past) => {
      shown = past;
    });
  const times = (): number[] => shown.points.map(([t]) => t);

  it("shouldCountAsMissingAlsoWhatIsRecordedWhileItIsCut", async () => {
    // Given
    most = 100;
    const past = open();
    await past.look();
    const fromMs = shown.hole?.fromMs;

    // When
    plantTimeIs(start + HOUR);
    await past.look();

    // Then
    expect(shown.hole).toEqual({ fromMs, toMs: start + HOUR });
    expect(asked).toBe(1);
  });

  it("shouldGoOnBehindItsLastPointOnceTheRestIsFetched", async () => {
    // Given
    most = 100;
    const past = open();
    await past.look();
    await past.rest();
    expect(shown.hole).toBeNull();
    expect(times()).toHaveLength(360);

    // When
    plantTimeIs(start + HOUR);
    await past.look();

    // Then
    expect(shown.hole).toBeNull();
    expect(times()).toHaveLength(360);
    expect(times()[0]).toBe(start - 5 * HOUR);
    expect(times().at(-1)).toBe(start + HOUR - 60_000);
    expect(new Set(times()).size).toBe(360);
  });

  it("shouldShowNothingToWhoLooksElsewhereByThen", async () => {
    // Given
    shown = NO_PAST;
    const past = open();

    // When
    const looking = past.look();
    past.end();
    await looking;

    // Then
    expect(shown).toBe(NO_PAST);
  });
});
