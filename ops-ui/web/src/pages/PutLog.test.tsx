// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Put } from "../api/puts";
import { FacilityProvider } from "../live/facility";
import { live } from "../live/store";
import { facility, healthy } from "../test-fixtures/fixtures";
import { Record } from "./Record";

const CONFIRMED: Put = {
  command: "c2",
  proposal: "p1",
  step: 0,
  channel: "purif.pump-b.enable",
  unit: "1",
  oldValue: "OFF",
  newValue: "ON",
  askedBy: "orrery",
  approvedBy: ["anna"],
  issuedMs: 1_700_000_000_000,
  attemptedMs: 1_700_000_000_500,
  atMs: 1_700_000_001_000,
  stand: "CONFIRMED",
  reason: null,
  detail: "",
  readback: "ON",
};

const REFUSED: Put = {
  ...CONFIRMED,
  command: "c1",
  channel: "no-longer.described",
  unit: "Hz",
  oldValue: null,
  newValue: "50.0",
  approvedBy: ["anna", "bert"],
  attemptedMs: null,
  stand: "REFUSED",
  reason: "TAGGED_OUT",
  detail: "purif-pump-b is tagged out by sam: bearing; only sam lifts it",
  readback: null,
};

const asked: string[] = [];
let puts: () => Response;

function answer(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status });
}

beforeEach(() => {
  puts = () => answer([CONFIRMED, REFUSED]);
  vi.stubGlobal("fetch", (path: string) => {
    asked.push(path);
    return Promise.resolve(path.startsWith("/api/v1/puts") ? puts() : answer(facility));
  });
  live.dispatch({ type: "snapshot", at: 0, data: healthy });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  asked.length = 0;
});

async function show(): Promise<void> {
  render(
    <FacilityProvider waiting={<p>waiting</p>}>
      <Record part="puts" />
    </FacilityProvider>,
  );
  await waitFor(() => expect(screen.queryByTestId("put-outcome")).not.toBeNull());
}

async function rows(): Promise<string[]> {
  await waitFor(() => expect(screen.queryAllByTestId("put-row")).not.toHaveLength(0));
  return screen.getAllByTestId("put-row").map((row) => row.textContent ?? "");
}

describe("the put log", () => {
  it("shouldTellWhatWasWrittenByWhomAndWhatWasReadBack", async () => {
    // When
    await show();
    const [first = ""] = await rows();

    // Then
    expect(first).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC[+-]\d\d:\d\d/);
    expect(first).toContain("OFF → ON");
    expect(first).toContain("Confirmed: read back ON");
    expect(first).toContain("orreryanna");
    expect(screen.getAllByText("proposal")[0]?.getAttribute("href")).toBe("/proposals/p1");
  });

  it("shouldShowRefusedOnesWithTheirReason", async () => {
    // When
    await show();
    const [, second = ""] = await rows();

    // Then
    expect(second).toContain("not attempted → 50.0 Hz");
    expect(second).toContain("Refused: device or its group is tagged out: purif-pump-b is tagged");
    expect(second).toContain("anna, bert");
  });

  it("shouldShowTheVeryValuesAlsoWhereTheyDifferLittle", async () => {
    // Given
    const put: Put = {
      ...CONFIRMED,
      channel: "purif.pump-a.speed",
      unit: "Hz",
      oldValue: "12.3456",
      newValue: "12.3461",
      readback: "4.99654321E8",
    };
    puts = () => answer([put]);

    // When
    await show();
    const [first = ""] = await rows();

    // Then
    expect(first).toContain("12.3456 Hz → 12.3461 Hz");
    expect(first).toContain("read back 499654321 Hz");
  });

  it("shouldNotGiveARefusedWriteTheUnitOfItsChannel", async () => {
    // Given
    puts = () =>
      answer([{ ...REFUSED, channel: "purif.pump-a.speed", unit: "kHz", reason: "WRONG_UNIT" }]);

    // When
    await show();
    const [first = ""] = await rows();

    // Then
    expect(first).toContain("→ 50 kHz");
  });

  it("shouldAskTheServerForOneChannelAndOneOutcome", async () => {
    // Given
    await show();
    await rows();

    // When
    puts = () => answer([]);
    fireEvent.change(screen.getByTestId("put-channel"), {
      target: { value: "purif.pump-b.enable" },
    });
    fireEvent.change(screen.getByTestId("put-outcome"), { target: { value: "not confirmed" } });

    // Then
    await waitFor(() => expect(screen.queryByText("No write is like that.")).not.toBeNull());
    expect(asked.at(-1)).toContain("channel=purif.pump-b.enable");
    expect(asked.at(-1)).toContain("stand=ATTEMPTED%2CUNKNOWN%2CUNKNOWN_FOR_GOOD");
  });

  it("shouldSayThatTheDatabaseIsAwayAndKeepToTheWishWhileItIs", async () => {
    // Given
    await show();
    await rows();

    // When
    puts = () =>
      answer({ error: { title: "Not available now", detail: "no database", remedy: "" } }, 503);
    fireEvent.change(screen.getByTestId("put-outcome"), { target: { value: "refused" } });

    // Then: what was read for another wish is not shown as the answer to this one
    expect((await screen.findByRole("alert")).textContent).toContain("no database");
    expect(screen.queryAllByTestId("put-row")).toHaveLength(0);
    expect(screen.queryByText("No write is like that.")).toBeNull();
  });

  it("shouldSayThatTheNewestMayBeMissingWhileTheLogWaits", async () => {
    // Given
    await show();
    expect(screen.queryByTestId("put-log-behind")).toBeNull();

    // When
    const room = { room: "put-log", status: "DEGRADED" as const, detail: "kafka", sinceMs: 0 };
    act(() =>
      live.dispatch({ type: "snapshot", at: 0, data: { ...healthy, rooms: [room] } }),
    );

    // Then
    expect(screen.getByTestId("put-log-behind").textContent).toContain("kafka");
  });
});
