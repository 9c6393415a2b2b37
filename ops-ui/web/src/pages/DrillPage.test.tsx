// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DrillState } from "../api/types";
import { SimulatedBanner } from "../components/Banners";
import { FacilityProvider } from "../live/facility";
import { session } from "../live/session";
import { live } from "../live/store";
import { debrief, endedDrill, readyDrill, runningDrill } from "../test-fixtures/drill";
import { facility, healthy } from "../test-fixtures/fixtures";
import { marksOf, measureTone } from "../text/drill";
import { DrillPage } from "./DrillPage";

// A canvas draws nothing in jsdom.
vi.mock("uplot", () => ({ default: { paths: {} } }));
vi.mock("../components/Plot", () => ({
  Plot: ({ testId }: { testId: string }) => <div data-testid={testId} />,
}));

const answersFor: Record<string, unknown> = {
  "/api/v1/facility": facility,
  "/api/v1/drill/debrief": debrief,
};
const sent: { path: string; body: unknown }[] = [];

function drill(state: DrillState | null): void {
  live.dispatch({ type: "snapshot", at: 0, data: { ...healthy, drill: state } });
}

async function show(): Promise<void> {
  render(
    <FacilityProvider waiting={<p>waiting</p>}>
      <SimulatedBanner />
      <DrillPage />
    </FacilityProvider>,
  );
  await waitFor(() => expect(screen.queryByText("waiting")).toBeNull());
}

// jsdom knows no modal dialogs.
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};

beforeEach(async () => {
  sent.length = 0;
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) => {
    if (init?.method === "POST") {
      sent.push({ path, body: JSON.parse(String(init.body)) });
    }
    return Promise.resolve(new Response(JSON.stringify(answersFor[path] ?? {}), { status: 200 }));
  });
  answersFor["/api/v1/session"] = { user: { name: "anna", roles: ["EXPERT"] }, csrfToken: "t" };
  await act(() => session.refresh());
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("the drill page", () => {
  it("shouldSayHowToStartADrillWhereNoneRuns", async () => {
    // Given
    drill(null);

    // When
    await show();

    // Then
    expect(screen.getByText(/No training drill runs here/)).toBeDefined();
    expect(screen.queryByTestId("banner-drill")).toBeNull();
  });

  it("shouldSayDrillWhereverItSaysSimulated", async () => {
    // Given
    drill(readyDrill);

    // When
    await show();

    // Then
    const banner = screen.getByTestId("banner-simulated").textContent;
    expect(banner).toContain("DRILL");
    expect(banner).toContain("SIMULATED");
  });

  it("shouldBriefAndStartOnceReady", async () => {
    // Given
    drill({ ...readyDrill, phase: "PREPARING", waitingFor: "Orrery learns" });
    await show();
    expect((screen.getByTestId("drill-start") as HTMLButtonElement).disabled).toBe(true);
    expect(screen.getByTestId("drill-readiness").textContent).toContain("Orrery learns");

    // When
    act(() => live.dispatch({ type: "drill", data: readyDrill }));
    fireEvent.click(screen.getByTestId("drill-start"));

    // Then
    await waitFor(() => expect(sent).toEqual([{ path: "/api/v1/drill/start", body: {} }]));
    expect(screen.getByText("You are the shifter of the night.")).toBeDefined();
  });

  it("shouldSendWhatTheTraineeSeesAndThinksAndWantsDone", async () => {
    // Given
    drill(runningDrill);
    await show();

    // When
    fireEvent.change(screen.getByTestId("drill-notice"), { target: { value: "flow is gone" } });
    fireEvent.click(screen.getByTestId("drill-notice-send"));
    fireEvent.click(screen.getByTestId("drill-choice-pump"));
    const why = screen.getByTestId("drill-diagnosis-text");
    fireEvent.change(why, { target: { value: "it stands" } });
    fireEvent.click(screen.getByTestId("drill-diagnosis-send"));
    fireEvent.click(screen.getByTestId("drill-act-call"));

    // Then
    await waitFor(() =>
      expect(sent).toEqual([
        { path: "/api/v1/drill/notice", body: { text: "flow is gone" } },
        { path: "/api/v1/drill/diagnosis", body: { choice: "pump", text: "it stands" } },
        { path: "/api/v1/drill/action", body: { action: "call" } },
      ]),
    );
    expect(screen.queryByTestId("drill-act-start-b")).toBeNull();
    expect(screen.getByText(/under way|being done/)).toBeDefined();
  });

  it("shouldAskBeforeItEnds", async () => {
    // Given
    drill(runningDrill);
    await show();

    // When
    fireEvent.click(screen.getByTestId("drill-end"));
    expect(sent).toEqual([]);
    fireEvent.click(screen.getByTestId("drill-end-confirm"));

    // Then
    await waitFor(() => expect(sent).toEqual([{ path: "/api/v1/drill/end", body: {} }]));
  });

  it("shouldTellWhatHappenedWhatWasDueAndWhatWasWrong", async () => {
    // Given
    drill(endedDrill);

    // When
    await show();
    await screen.findByTestId("drill-debrief");

    // Then
    expect(screen.getByTestId("drill-cause").textContent).toContain("pump A stopped");
    expect(screen.getByTestId("drill-measure-notice").textContent).toContain("1 min");
    expect(screen.getByTestId("drill-measure-recover").textContent).toContain("did not happen");
    expect(screen.getByTestId("drill-lost").textContent).toBe("80 %");
    expect(screen.getByTestId("drill-answer").textContent).toContain("✓");
    const text = screen.getByTestId("drill-debrief").textContent ?? "";
    expect(text).toContain("◇ not done");
    expect(text).toContain("No data are taken.");
    expect(text).toContain("✕ wrong");
    expect(screen.getByTestId("drill-plot-purif.flow")).toBeDefined();
  });
});

describe("a debrief", () => {
  it("shouldMarkTheMomentsThatMatteredInOrder", () => {
    // When
    const marks = marksOf(debrief, endedDrill.startedMs ?? 0);

    // Then
    expect(marks.map((mark) => mark.label)).toEqual([
      "it begins",
      "first alarm",
      "you noticed",
      "your diagnosis",
      "Stop the run",
    ]);
    expect(marks.map((mark) => mark.number)).toEqual([1, 2, 3, 4, 5]);
    expect(marks[0]?.minute).toBe(8);
  });

  it("shouldColourBySlowAndMissing", () => {
    expect(debrief.measures.map(measureTone)).toEqual(["good", "care", "bad"]);
    expect(measureTone({ what: "notice", tookMs: null, referenceMs: null })).toBe("calm");
  });
});
