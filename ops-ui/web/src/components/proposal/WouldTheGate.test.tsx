// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DryRun } from "../../api/puts";
import { FacilityProvider } from "../../live/facility";
import { session } from "../../live/session";
import { live } from "../../live/store";
import { awaiting, facility, fault } from "../../test-fixtures/fixtures";
import { WouldTheGate } from "./WouldTheGate";

const answers: Record<string, unknown> = {};
const posted: string[] = [];

// jsdom knows no modal dialogs.
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};

beforeEach(() => {
  vi.stubGlobal("fetch", (path: string, options: RequestInit) => {
    if (options.method === "POST") {
      posted.push(path);
    }
    return Promise.resolve(new Response(JSON.stringify(answers[path] ?? {}), { status: 200 }));
  });
  answers["/api/v1/facility"] = facility;
  live.dispatch({ type: "snapshot", at: 0, data: fault });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  posted.length = 0;
});

async function show(roles: string[] | null, run: DryRun): Promise<void> {
  const user = roles === null ? null : { name: "anna", roles };
  answers["/api/v1/session"] = { user, csrfToken: "token" };
  answers[`/api/v1/proposals/${awaiting.id}/dry-run`] = run;
  await act(() => session.refresh());
  render(
    <FacilityProvider waiting={<p>waiting</p>}>
      <WouldTheGate proposal={awaiting} />
    </FacilityProvider>,
  );
}

const allowed = (step: number) => ({ step, allowed: true, reason: null, detail: "" });

describe("asking the gate what it would say", () => {
  it("shouldSayYesOnlyIfEveryStepWouldBeLetThrough", async () => {
    // Given
    await show(["SHIFTER"], { steps: [allowed(0), allowed(1)] });

    // When
    fireEvent.click(await screen.findByTestId("dry-run"));

    // Then
    expect((await screen.findByTestId("dry-run-said")).textContent).toContain("Yes, every step");
    expect(screen.getAllByTestId("dry-run-step").map((step) => step.textContent)).toEqual([
      "● Step 1 (Switch pump A off): would be let through",
      "● Step 2 (Start pump B): would be let through",
    ]);
    expect(posted).toEqual([`/api/v1/proposals/${awaiting.id}/dry-run`]);
  });

  it("shouldSayInPlainWordsWhichStepWouldBeRefusedAndWhy", async () => {
    // Given
    const detail = "purif.pump-b.remote shows LOCAL; ask whoever works there";
    await show(["EXPERT"], {
      steps: [allowed(0), { step: 1, allowed: false, reason: "LOCAL_CONTROL", detail }],
    });

    // When
    fireEvent.click(await screen.findByTestId("dry-run"));
    const said = await screen.findByTestId("dry-run-said");

    // Then
    expect(said.textContent).toContain("1 of 2 steps would be refused");
    expect(screen.getAllByTestId("dry-run-step")[1]?.textContent).toBe(
      `▲ Step 2 (Start pump B): would be refused, device is switched to local: ${detail}`,
    );
    expect(said.textContent).toContain("as if the steps before it had been written");
  });

  it("shouldNameEveryRefusalOfALongPlanAndNotWhatWouldPass", async () => {
    // Given
    const steps: DryRun["steps"] = Array.from({ length: 40 }, (_, i) => allowed(i));
    steps[30] = { step: 30, allowed: false, reason: "TOO_FAST", detail: "wait 1 s" };
    await show(["EXPERT"], { steps });

    // When
    fireEvent.click(await screen.findByTestId("dry-run"));

    // Then
    expect((await screen.findAllByTestId("dry-run-step")).map((step) => step.textContent)).toEqual([
      "▲ Step 31: would be refused, too many writes, or too soon after the last: wait 1 s",
    ]);
  });

  it("shouldAskNothingBeforeSomebodySignedIn", async () => {
    // Given
    await show(null, { steps: [] });

    // When
    fireEvent.click(await screen.findByTestId("dry-run"));

    // Then
    expect(screen.getByText("To ask the gate, sign in.")).toBeDefined();
    expect(posted).toEqual([]);
  });
});
