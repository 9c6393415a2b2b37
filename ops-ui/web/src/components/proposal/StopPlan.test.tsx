// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Proposal, ProposalStateType } from "../../api/types";
import { FacilityProvider } from "../../live/facility";
import { session } from "../../live/session";
import { live } from "../../live/store";
import { awaiting, facility, fault } from "../../test-fixtures/fixtures";
import { Decision } from "./Decision";

const answers: Record<string, unknown> = {};
const posted: { path: string; body: unknown }[] = [];
const taken: Proposal[] = [];
const stop = `/api/v1/proposals/${awaiting.id}/stop`;
let refused = false;

// jsdom knows no modal dialogs.
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};

beforeEach(() => {
  vi.stubGlobal("fetch", (path: string, options: RequestInit) => {
    if (options.method === "POST") {
      posted.push({ path, body: JSON.parse(String(options.body)) as unknown });
    }
    const declined = refused && path === stop;
    const body = declined
      ? { error: { title: "Declined", detail: "it has ended", remedy: "" } }
      : (answers[path] ?? {});
    return Promise.resolve(new Response(JSON.stringify(body), { status: declined ? 409 : 200 }));
  });
  answers["/api/v1/facility"] = facility;
  live.dispatch({ type: "snapshot", at: 0, data: fault });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  posted.length = 0;
  taken.length = 0;
  refused = false;
});

function inState(type: ProposalStateType): Proposal {
  return { ...awaiting, state: { type, atMs: 0, terminal: type === "VERIFIED", step: 0 } };
}

async function show(roles: string[] | null, type: ProposalStateType): Promise<void> {
  const user = roles === null ? null : { name: "sam", roles };
  answers["/api/v1/session"] = { user, csrfToken: "token" };
  answers[stop] = inState("HELD");
  await act(() => session.refresh());
  render(
    <FacilityProvider waiting={<p>waiting</p>}>
      <Decision proposal={inState(type)} take={(got) => taken.push(got)} />
    </FacilityProvider>,
  );
  await waitFor(() => expect(screen.queryByText("waiting")).toBeNull());
}

describe("stopping one plan", () => {
  it("shouldStopItWithAReasonOnceThatIsConfirmed", async () => {
    // Given
    await show([], "EXECUTING");

    // When
    fireEvent.click(screen.getByTestId("stop-plan"));
    expect(posted).toEqual([]);
    fireEvent.change(screen.getByTestId("stop-plan-reason"), { target: { value: " it smells " } });
    fireEvent.click(screen.getByTestId("stop-plan-confirm"));

    // Then
    await waitFor(() => expect(taken.map((got) => got.state.type)).toEqual(["HELD"]));
    expect(posted).toEqual([{ path: stop, body: { reason: "it smells" } }]);
    expect(screen.queryByTestId("stop-plan-confirm")).toBeNull();
  });

  it("shouldSayWhyItCouldNotBeStopped", async () => {
    // Given
    refused = true;
    await show(["SHIFTER"], "ROLLING_BACK");

    // When
    fireEvent.click(screen.getByTestId("stop-plan"));
    fireEvent.click(screen.getByTestId("stop-plan-confirm"));

    // Then
    expect(await screen.findByText(/it has ended/)).toBeDefined();
    expect(taken).toEqual([]);
  });

  it("shouldAskWhoDoesNotSayWhoTheyAreToSignIn", async () => {
    // Given
    await show(null, "EXECUTING");

    // When
    fireEvent.click(screen.getByTestId("stop-plan"));

    // Then
    expect(screen.getByText("Anybody who is signed in may stop a plan.")).toBeDefined();
    expect(posted).toEqual([]);
  });

  it.each<ProposalStateType>(["AWAITING_APPROVAL", "HELD", "VERIFIED"])(
    "shouldNotOfferItWhere %s",
    async (type) => {
      // When
      await show(["EXPERT"], type);

      // Then
      expect(screen.queryByTestId("stop-plan")).toBeNull();
    },
  );
});
