// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { HistoryPoint } from "../../api/types";
import { FacilityProvider } from "../../live/facility";
import { live } from "../../live/store";
import { facility, remedied, verified } from "../../test-fixtures/fixtures";
import { RehearsalPlots } from "./RehearsalPlots";

// A canvas draws nothing in jsdom.
vi.mock("uplot", () => ({ default: { paths: {} } }));
vi.mock("../Plot", () => ({
  Plot: ({ testId }: { testId: string }) => <div data-testid={testId} />,
}));

/** A point every second, and how many of them one answer has at most. */
let most = 100_000;

function history(path: string): object {
  const query = new URL(path, "http://localhost").searchParams;
  const all: HistoryPoint[] = [];
  for (let t = Number(query.get("from")); t < Number(query.get("to")); t += 1_000) {
    all.push([t, 1.6, 1.6, 1.6, "NONE"]);
  }
  const points = all.slice(0, most);
  const truncated = points.length < all.length;
  const nextMs = truncated ? points.at(-1)![0] : null;
  return { channel: query.get("channel"), reduced: false, truncated, nextMs, points };
}

beforeEach(() => {
  most = 100_000;
  vi.stubGlobal("fetch", (path: string) => {
    const answer = path.startsWith("/api/v1/history") ? history(path) : facility;
    return Promise.resolve(new Response(JSON.stringify(answer), { status: 200 }));
  });
  live.dispatch({ type: "snapshot", at: 0, data: remedied });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function show(): Promise<HTMLElement> {
  render(
    <FacilityProvider waiting={<p>waiting</p>}>
      <RehearsalPlots proposal={verified} />
    </FacilityProvider>,
  );
  const plot = await screen.findByTestId("plot-purif.flow");
  return plot.closest("figure")!;
}

describe("what was measured beside what was predicted", () => {
  it("shouldJudgeByAllReadingsWhereTheyAreThere", async () => {
    // When
    const figure = await show();

    // Then
    const share = await within(figure).findByTestId("inside-purif.flow");
    expect(share.textContent).toContain("of readings inside the predicted band");
    expect(within(figure).queryByTestId("cut-short")).toBeNull();
  });

  it("shouldSayThatReadingsAreMissingAndNotCountTheShareAsGood", async () => {
    // Given: the last of the points come after the writing
    most = 330;

    // When
    const figure = await show();

    // Then
    const share = await within(figure).findByTestId("inside-purif.flow");
    await within(figure).findByTestId("cut-short");
    expect(share.textContent).toContain("of the readings drawn inside the predicted band");
    expect(share.textContent).toContain("◇");

    // When
    fireEvent.click(within(figure).getByTestId("cut-rest"));

    // Then
    await waitFor(() => expect(within(figure).queryByTestId("cut-short")).toBeNull());
    expect(share.textContent).toContain("of readings inside");
  });
});
