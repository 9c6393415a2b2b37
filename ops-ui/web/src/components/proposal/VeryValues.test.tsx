// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Channel, Proposal, Step } from "../../api/types";
import { FacilityProvider } from "../../live/facility";
import { live } from "../../live/store";
import { awaiting, channel, facility, healthy, reading } from "../../test-fixtures/fixtures";
import { Happened } from "./Happened";
import { Steps } from "./Steps";

const described = (id: string, kind: string, unit: string): Channel => ({
  ...channel("purif.flow"),
  id,
  kind,
  unit,
  egu: unit,
  writable: true,
});

const CHANNELS: Channel[] = [
  described("rf.frequency-set", "DOUBLE", "Hz"),
  described("hv.bias-set", "DOUBLE", "V"),
  described("fe.mask-set", "LONG", "1"),
  described("daq.tag-set", "TEXT", "1"),
];

beforeEach(() => {
  vi.stubGlobal("fetch", () =>
    Promise.resolve(
      new Response(JSON.stringify({ ...facility, channels: [...facility.channels, ...CHANNELS] })),
    ),
  );
  live.dispatch({ type: "snapshot", at: 0, data: healthy });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function planOf(steps: Partial<Step>[], stepCount = steps.length): Proposal {
  const [known] = awaiting.plan.steps;
  const made = steps.map((step) => ({ ...known!, current: null, undo: null, ...step }));
  return { ...awaiting, record: [], plan: { ...awaiting.plan, steps: made, stepCount } };
}

async function show(element: React.ReactNode): Promise<void> {
  render(<FacilityProvider waiting={<p>waiting</p>}>{element}</FacilityProvider>);
  await waitFor(() => expect(screen.queryByText("waiting")).toBeNull());
}

async function shownSteps(proposal: Proposal): Promise<string[]> {
  await show(<Steps proposal={proposal} show={() => undefined} />);
  return screen.getAllByTestId("step-row").map((row) => row.textContent ?? "");
}

describe("the values that are approved", () => {
  it("shouldBeToldFromThePresentOnes", async () => {
    // Given
    const bias = reading(1499.4, { d: "1499.4" });
    live.dispatch({
      type: "snapshot",
      at: 0,
      data: { ...healthy, channels: { ...healthy.channels, "hv.bias-set": bias } },
    });

    // When
    const [frequency, volts] = await shownSteps(
      planOf([
        { channel: "rf.frequency-set", current: "4.99654321E8", display: "4.998E8", unit: "Hz" },
        { channel: "hv.bias-set", current: "0.0", display: "1499.6", unit: "V" },
      ]),
    );

    // Then
    expect(frequency).toContain("now 499654321 Hz → 499800000 Hz");
    expect(volts).toContain("now 1499.4 V → 1499.6 V");
  });

  it("shouldBeIntegersAndTextsAsTheyAre", async () => {
    // When
    const [mask, digits, exponent] = await shownSteps(
      planOf([
        { channel: "fe.mask-set", current: "12345679", display: "12345678", unit: "1" },
        { channel: "daq.tag-set", current: "12", display: "0012", unit: "1" },
        { channel: "daq.tag-set", current: "100000", display: "1e5", unit: "1" },
      ]),
    );

    // Then
    expect(mask).toContain("now 12345679 → 12345678");
    expect(digits).toContain("now 12 → 0012");
    expect(exponent).toContain("now 100000 → 1e5");
  });

  it("shouldIncludeTheWayBackAndEveryLimit", async () => {
    // Given
    const judged = { channel: "hv.bias-set", withinMs: 1_000, holdMs: 0, unit: "V" };
    const condition = { channel: "hv.bias-set", because: "so it was", maxAgeMs: 1_000 };

    // When
    const [shown] = await shownSteps(
      planOf([
        {
          channel: "hv.bias-set",
          display: "1499.6",
          unit: "V",
          preconditions: [{ ...condition, low: 12.3455999, high: 12.3456001 }],
          verification: [{ ...judged, low: 1.234, high: 100 }],
          undo: {
            display: "12.3456",
            because: "it was so",
            preconditions: [{ ...condition, low: null, high: 1499.6001 }],
          },
        },
      ]),
    );

    // Then
    expect(shown).toContain("is 12.3455999 to 12.3456001 V");
    expect(shown).toContain("allowed range 1.234 to 100 V");
    expect(shown).toContain("set to 12.3456 V");
    expect(shown).toContain("is at most 1499.6001 V");
  });

  it("shouldStandInTheLinesOfALongPlanToo", async () => {
    // Given
    const ramp = [1499.6001, 1499.6002].map((volts, i) => ({
      channel: "hv.bias-set",
      title: `Raise it (${i + 1} of 20: 1499.6 V)`,
      current: "1499.6",
      display: String(volts),
      unit: "V",
    }));

    // When
    await show(<Steps proposal={planOf(ramp, 20)} show={() => undefined} />);

    // Then
    const lines = screen.getAllByTestId("step-folded").map((line) => line.textContent);
    expect(lines[0]).toContain("now 1499.6 V → 1499.6001 V");
    expect(lines[1]).toContain("now 1499.6 V → 1499.6002 V");

    // When
    fireEvent.click(screen.getAllByRole("button", { name: /Raise it/ })[0]!);

    // Then
    expect(screen.getByTestId("step-row").textContent).toContain("1499.6001 V");
  });
});

describe("the values on record", () => {
  it("shouldBeWhatWasReadBackAndObserved", async () => {
    // Given
    const step = { channel: "rf.frequency-set", display: "4.998E8", unit: "Hz" };
    const check = { channel: "hv.bias-set", passed: false, atMs: 0 };
    const proposal: Proposal = {
      ...planOf([step]),
      record: [
        {
          step: 0,
          undo: false,
          command: "c",
          outcomes: [{ type: "CONFIRMED", atMs: 0, readback: "4.998000001E8" }],
          checks: [{ ...check, observed: 1499.6004, low: 1499.6005, high: 1499.7 }],
        },
      ],
    };

    // When
    await show(<Happened proposal={proposal} />);

    // Then
    expect(screen.getByTestId("outcome").textContent).toContain("read back 499800000.1 Hz");
    expect(screen.getByText(/its allowed range/).textContent).toContain(
      "1499.6004 V, OUTSIDE its allowed range 1499.6005 to 1499.7 V",
    );
  });
});
