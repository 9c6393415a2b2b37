// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FacilityProvider } from "../live/facility";
import { session } from "../live/session";
import { facility } from "../test-fixtures/fixtures";
import { Snapshots } from "./Snapshots";

const SNAPSHOT = {
  id: "s1",
  name: "before work",
  comment: "",
  by: "sam",
  plantMs: 0,
  wallMs: 0,
  set: "settings",
  setVersion: 0,
  channels: 3,
  notGood: 0,
  missing: 0,
  hash: "00".repeat(32),
  golden: [{ mode: "PHYSICS", proposedBy: "anna", proposedMs: 0, agreedBy: null, current: false }],
};

const LISTING = {
  snapshot: "s1",
  same: 1,
  risk: "HIGH",
  approvalsNeeded: 2,
  writes: [{ channel: "purif.pump-b.speed-set", stage: "Purification", now: "40.0", saved: "50.0", unit: "Hz" }],
  leftOut: [{ channel: "purif.flow", why: "it is read-only" }],
  refusals: [{ channel: "hv.cathode.ramp-set", why: "hv.cathode.remote shows LOCAL" }],
};

const DIFFERENCES = {
  snapshot: "s1",
  against: "now",
  atMs: 0,
  same: 1,
  differences: [
    {
      channel: "purif.pump-b.speed-set",
      kind: "VALUE",
      saved: "50.0",
      other: "40.0",
      unit: "Hz",
      tolerance: 0.05,
      detail: "",
    },
    {
      channel: "purif.flow",
      kind: "NOT_CONNECTED",
      saved: "1.6",
      other: null,
      unit: "kg/s",
      tolerance: 0,
      detail: "gone",
    },
  ],
};

const answers: Record<string, unknown> = {};
const asked: { path: string; body: unknown }[] = [];

beforeEach(async () => {
  Object.assign(answers, {
    "/api/v1/facility": facility,
    "/api/v1/snapshots": [SNAPSHOT],
    "/api/v1/snapshots/sets": [{ name: "settings", version: 0, title: "All", stages: [] }],
    "/api/v1/snapshots/s1/compare": DIFFERENCES,
    "/api/v1/snapshots/s1/restore/check": LISTING,
    "/api/v1/snapshots/s1/restore": { id: "p7" },
  });
  vi.stubGlobal("scrollTo", () => undefined);
  vi.stubGlobal("fetch", (path: string, options: RequestInit) => {
    if (typeof options.body === "string") {
      asked.push({ path, body: JSON.parse(options.body) });
    }
    return Promise.resolve(new Response(JSON.stringify(answers[path] ?? {}), { status: 200 }));
  });
});

afterEach(() => {
  cleanup();
  asked.length = 0;
});

async function show(roles: string[]): Promise<void> {
  answers["/api/v1/session"] = { user: { name: "anna", roles }, csrfToken: "token" };
  await act(() => session.refresh());
  render(
    <FacilityProvider waiting={<p>waiting</p>}>
      <Snapshots id="s1" />
    </FacilityProvider>,
  );
  await waitFor(() => expect(screen.queryByTestId("comparison-summary")).not.toBeNull());
}

describe("the page of snapshots", () => {
  it("shouldNeverCountAsTheSameWhatCannotBeCompared", async () => {
    // When
    await show(["SHIFTER"]);

    // Then
    expect(screen.getByTestId("comparison-summary").textContent).toContain("2 channels differ");
    const rows = screen.getAllByTestId("difference-row").map((row) => row.textContent ?? "");
    expect(rows[0]).toContain("differs");
    expect(rows[1]).toContain("not connected");
    expect(screen.getByTestId("snapshot-row").textContent).toContain("a second expert is needed");
  });

  it("shouldShowTheVeryValuesThatDifferAndThatWouldBeRestored", async () => {
    // Given
    const flow = { ...DIFFERENCES.differences[0], channel: "purif.flow", unit: "kg/s" };
    const pressure = { ...flow, channel: "cryo.pressure.absolute", unit: "mbar" };
    answers["/api/v1/snapshots/s1/compare"] = {
      ...DIFFERENCES,
      differences: [
        { ...flow, saved: "12.3456", other: "12.3461", tolerance: 0.000123456 },
        { ...pressure, saved: "1062.3456", other: "1062.3461", tolerance: 0.0001 },
        {
          ...pressure,
          channel: "env.barometer",
          kind: "UNIT",
          saved: "106200.0",
          other: "1062.0",
          unit: "Pa",
        },
      ],
    };
    answers["/api/v1/snapshots/s1/restore/check"] = {
      ...LISTING,
      writes: [
        { ...LISTING.writes[0], channel: "purif.flow", now: "12.3456", saved: "12.3461", unit: "kg/s" },
      ],
    };

    // When
    await show(["SHIFTER"]);
    fireEvent.click(screen.getByTestId("restore-check"));
    await waitFor(() => expect(screen.queryByTestId("restore-row")).not.toBeNull());

    // Then
    const cells = (row: HTMLElement): string[] =>
      [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? "");
    const [same, moved, other] = screen.getAllByTestId("difference-row").map(cells);
    expect(same?.slice(2, 5)).toEqual(["12.3456 kg/s", "12.3461 kg/s", "± 0.000123456 kg/s"]);
    expect(moved?.slice(2, 5)).toEqual([
      "1.0623456 bar(a)",
      "1.0623461 bar(a)",
      "± 0.0000001 bar(a)",
    ]);
    expect(other?.slice(2, 4)).toEqual(["106200.0", "1062.0"]);
    expect(cells(screen.getByTestId("restore-row")).slice(3)).toEqual([
      "12.3456 kg/s",
      "12.3461 kg/s",
    ]);
  });

  it("shouldOfferAShifterNoProposal", async () => {
    // Given
    await show(["SHIFTER"]);

    // When
    fireEvent.click(screen.getByTestId("restore-check"));
    await waitFor(() => expect(screen.queryByTestId("restore-row")).not.toBeNull());

    // Then
    expect(screen.queryByTestId("restore-propose")).toBeNull();
    expect(screen.queryByTestId("golden-mark")).toBeNull();
  });

  it("shouldProposeOnlyWhatNothingSpeaksAgainstAndGoToTheProposal", async () => {
    // Given
    await show(["EXPERT"]);
    fireEvent.click(screen.getByTestId("restore-check"));
    await waitFor(() => expect(screen.queryByTestId("restore-propose")).not.toBeNull());
    expect(screen.getByText(/hv\.cathode\.remote shows LOCAL/)).toBeDefined();

    // When
    fireEvent.change(screen.getByTestId("restore-reason"), { target: { value: "test over" } });
    fireEvent.click(screen.getByTestId("restore-propose"));
    await waitFor(() => expect(window.location.pathname).toBe("/proposals/p7"));

    // Then
    expect(asked.at(-1)).toEqual({
      path: "/api/v1/snapshots/s1/restore",
      body: { reason: "test over", channels: ["purif.pump-b.speed-set"] },
    });
  });
});
