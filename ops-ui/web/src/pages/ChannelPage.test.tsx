// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { AlignedData } from "uplot";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { History, HistoryPoint } from "../api/types";
import { FacilityProvider } from "../live/facility";
import { live } from "../live/store";
import { facility, healthy } from "../test-fixtures/fixtures";
import { ChannelPage } from "./ChannelPage";

// A canvas draws nothing in jsdom: the measured values stand as text.
vi.mock("uplot", () => ({ default: { paths: {} } }));
vi.mock("../components/Plot", () => ({
  Plot: ({ data }: { data: () => AlignedData }) => (
    <div data-testid="drawn">{JSON.stringify(data()[3])}</div>
  ),
}));

const HOUR = 3_600_000;
const nowMs = healthy.plantMs;
const ago = (hours: number): number => nowMs - hours * HOUR;
const value = (t: number, v: number): HistoryPoint => [t, v, v, v, "NONE"];

/** What the archive holds, in order of time, and how many points one answer has at most. */
let stored: HistoryPoint[] = [];
let most = 2;
let archiveDown = false;
const asked: URLSearchParams[] = [];

function history(path: string): History {
  const query = new URL(path, "http://localhost").searchParams;
  asked.push(query);
  const from = Number(query.get("from"));
  const to = Number(query.get("to"));
  const all = stored.filter(([t]) => t >= from && t < to);
  const points = all.slice(0, most);
  const truncated = points.length < all.length;
  const nextMs = truncated ? points.at(-1)![0] : null;
  return { channel: "purif.flow", reduced: false, truncated, nextMs, points };
}

async function show(): Promise<void> {
  render(
    <FacilityProvider waiting={<p>waiting</p>}>
      <ChannelPage id="purif.flow" />
    </FacilityProvider>,
  );
  await waitFor(() => expect(screen.queryByText("waiting")).toBeNull());
}

beforeEach(() => {
  asked.length = 0;
  most = 2;
  archiveDown = false;
  stored = [20, 16, 12, 8, 4].map((hours) => value(ago(hours), hours));
  vi.stubGlobal("fetch", (path: string) => {
    if (path.startsWith("/api/v1/history") && archiveDown) {
      return Promise.reject(new Error("down"));
    }
    const answer = path.startsWith("/api/v1/history") ? history(path) : facility;
    return Promise.resolve(new Response(JSON.stringify(answer), { status: 200 }));
  });
  live.dispatch({ type: "snapshot", at: 0, data: healthy });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("the past of a channel that does not fit in one answer", () => {
  it("shouldSayNothingWhereTheWholePastIsThere", async () => {
    // Given
    most = 100;
    await show();

    // When
    fireEvent.click(screen.getByText("24 h"));

    // Then
    await waitFor(() => expect(screen.getByTestId("drawn").textContent).toContain("4"));
    expect(screen.queryByTestId("cut-short")).toBeNull();
  });

  it("shouldSayUpToWhenItReachesAndFetchTheRest", async () => {
    // Given
    await show();

    // When
    fireEvent.click(screen.getByText("24 h"));
    const notice = await screen.findByTestId("cut-short");

    // Then
    expect(notice.textContent).toContain("Cut short: reaches only to ");
    expect(notice.textContent).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC[+-]\d\d:\d\d/);
    expect(notice.textContent).toContain("that does not mean that nothing happened");
    const file = screen.getByTestId("cut-file").getAttribute("href");
    expect(file).toBe(
      "/api/v1/archive/export?channels=purif.flow" +
        `&from=${ago(16).toFixed(3)}&to=${nowMs.toFixed(3)}`,
    );

    // When
    fireEvent.click(screen.getByTestId("cut-rest"));

    // Then
    await waitFor(() => expect(screen.queryByTestId("cut-short")).toBeNull());
    await waitFor(() =>
      expect(JSON.parse(screen.getByTestId("drawn").textContent ?? "")).toHaveLength(5),
    );
  });

  it("shouldOfferLessTime", async () => {
    // Given
    await show();
    fireEvent.click(screen.getByText("24 h"));
    await screen.findByTestId("cut-short");

    // When
    fireEvent.click(screen.getByText("Show only the last 6 h"));

    // Then
    await waitFor(() => expect(screen.getByTestId("drawn").textContent).toContain("4"));
    expect(screen.queryByTestId("cut-short")).toBeNull();
    expect(screen.getByText("6 h").getAttribute("aria-pressed")).toBe("true");
  });

  it("shouldSayWhyTheRestCouldNotBeFetchedAndKeepTheNotice", async () => {
    // Given
    await show();
    fireEvent.click(screen.getByText("24 h"));
    await screen.findByTestId("cut-short");
    archiveDown = true;

    // When
    fireEvent.click(screen.getByTestId("cut-rest"));

    // Then
    expect((await screen.findByTestId("problem")).textContent).toContain("No answer");
    expect(screen.getByTestId("cut-rest").textContent).toBe("Fetch what follows");
    expect(screen.getByTestId("cut-short").textContent).toContain("Cut short");
  });

  it("shouldSayItOfTheLastHourToo", async () => {
    // Given
    stored = [50, 40, 30, 20].map((minutes) => value(ago(minutes / 60), minutes));
    act(() => live.dispatch({ type: "snapshot", at: 0, data: healthy }));

    // When
    await show();
    const notice = await screen.findByTestId("cut-short");

    // Then
    expect(notice.textContent).toContain("Cut short");
    expect(screen.queryByTestId("cut-narrower")).toBeNull();

    // When
    fireEvent.click(screen.getByTestId("cut-rest"));

    // Then
    await waitFor(() => expect(screen.queryByTestId("cut-short")).toBeNull());
    const drawn = JSON.parse(screen.getByTestId("drawn").textContent ?? "") as number[];
    expect(drawn.filter((v) => v === 30 || v === 20)).toHaveLength(2);
  });
});
