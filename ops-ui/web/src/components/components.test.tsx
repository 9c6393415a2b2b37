// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FacilityProvider } from "../live/facility";
import { session } from "../live/session";
import { live } from "../live/store";
import type { Proposal } from "../api/types";
import { awaiting, facility, fault } from "../test-fixtures/fixtures";
import { AlarmList } from "./AlarmList";
import { SimulatedBanner, StaleBanner } from "./Banners";
import { Decision } from "./proposal/Decision";
import { Happened } from "./proposal/Happened";
import { Steps } from "./proposal/Steps";
import { StopWriting } from "./StopWriting";
import { thinnedMost } from "./Foot";
import { ProposalList } from "./ProposalList";
import { Strip } from "./Strip";
import { Subsystems } from "./Subsystems";
import { Value } from "./Value";

const answersFor: Record<string, unknown> = { "/api/v1/facility": facility };

function signedInAs(roles: string[]): Promise<void> {
  answersFor["/api/v1/session"] = { user: { name: "anna", roles }, csrfToken: "token" };
  return act(() => session.refresh());
}

async function show(element: React.ReactNode): Promise<void> {
  render(<FacilityProvider waiting={<p>waiting</p>}>{element}</FacilityProvider>);
  await waitFor(() => expect(screen.queryByText("waiting")).toBeNull());
}

// jsdom knows no modal dialogs.
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};

beforeEach(() => {
  vi.stubGlobal("fetch", (path: string) =>
    Promise.resolve(new Response(JSON.stringify(answersFor[path] ?? {}), { status: 200 })),
  );
  live.dispatch({ type: "snapshot", at: 0, data: fault });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("banners", () => {
  it("shouldSaySimulatedWithTheFactor", async () => {
    // When
    await show(<SimulatedBanner />);

    // Then
    expect(screen.getByTestId("banner-simulated").textContent).toContain("SIMULATED");
    expect(screen.getByTestId("banner-simulated").textContent).toContain("×20");
  });

  it("shouldSayStaleWhenTheBrowserHeardNothing", async () => {
    // Given
    await show(<StaleBanner />);
    expect(screen.queryByTestId("banner-stale")).toBeNull();

    // When
    act(() => live.dispatch({ type: "clock", at: 4_000 }));

    // Then
    const banner = await screen.findByTestId("banner-stale");
    expect(banner.textContent).toContain("Updates stopped 4 s ago");
  });
});

describe("a page that gets no values", () => {
  const feed = {
    stale: true,
    why: "the gateway does not answer",
    sinceMs: 0,
    heardMs: Date.UTC(2026, 10, 23, 2, 3, 27),
  };
  const wordsOf = (id: string): string => screen.getByTestId(id).textContent ?? "";
  const blind = (): void => live.dispatch({ type: "snapshot", at: 0, data: { ...fault, feed } });

  it("shouldSayOnEveryPageWhyAndSinceWhen", async () => {
    // Given
    await show(<StaleBanner />);

    // When
    act(blind);

    // Then
    expect(wordsOf("banner-blind")).toContain("STALE");
    expect(wordsOf("banner-blind")).toContain("03:03:27 plant time: the gateway does not answer");

    // When it comes back
    act(() => live.dispatch({ type: "snapshot", at: 0, data: fault }));

    // Then
    expect(screen.queryByTestId("banner-blind")).toBeNull();
  });

  it("shouldShowNoValueAsPresentAndSayOfWhenItIs", async () => {
    // Given
    await show(<Value id="purif.flow" />);
    expect(wordsOf("value-purif.flow")).not.toContain("STALE");

    // When
    act(blind);

    // Then
    expect(wordsOf("value-purif.flow")).toMatch(/STALE, of \d\d:\d\d:\d\d/);
    expect(screen.getByTestId("value-purif.flow").className).toContain("untrusted");
  });

  it("shouldNotCallASubsystemFine", async () => {
    // Given
    blind();

    // When
    await show(<Subsystems />);

    // Then
    screen.getAllByRole("heading").forEach((h) => expect(h.textContent).toContain("STALE"));
  });

  it("shouldLetNobodyApproveAndEverybodyElseEnd", async () => {
    // Given
    blind();
    await signedInAs(["EXPERT"]);
    const pressable = (id: string): boolean => !(screen.getByTestId(id) as HTMLButtonElement).disabled;

    // When
    await show(<Decision proposal={awaiting} take={() => undefined} />);
    fireEvent.change(screen.getByTestId("approve-reason"), { target: { value: "seen" } });

    // Then
    expect(pressable("approve-button")).toBe(false);
    expect(pressable("reject-button")).toBe(true);
    expect(wordsOf("blind")).toContain("the gateway does not answer");
    cleanup();

    // When
    const state = { type: "HELD" as const, atMs: 0, terminal: false, step: 1, why: "low" };
    await show(<Decision proposal={{ ...awaiting, state }} take={() => undefined} />);
    fireEvent.change(screen.getByTestId("approve-reason"), { target: { value: "end it" } });

    // Then
    expect(pressable("abort-button")).toBe(true);
  });
});

describe("the strip", () => {
  it("shouldAnswerInPlainWords", async () => {
    // When
    await show(<Strip />);

    // Then
    expect(screen.getByTestId("answer-what").textContent).toContain("Recirculation pump A stopped");
    expect(screen.getByTestId("answer-next").textContent).toContain("Start standby pump B");
    expect(screen.getByTestId("answer-call").textContent).toContain("16-5002");
  });
});

describe("alarms", () => {
  it("shouldMarkTheFirstAlarmAndSayWhatToDo", async () => {
    // When
    await show(<AlarmList alarms={fault.alarms} />);

    // Then
    const [first] = screen.getAllByTestId("alarm-row");
    expect(first?.textContent).toContain("first alarm");
    expect(first?.textContent).toContain("Do:");
    expect(first?.textContent).toContain("16-5002");
  });

  it("shouldNameWhoKeepsAnAlarmAndWhatWaits", async () => {
    // Given
    const mirror = { source: "Phoebus", stale: true, awaiting: "vera", detail: "/Detector/Door" };
    const kept = {
      ...fault.alarms[0]!,
      channel: "phoebus.hall.door",
      kind: "MIRRORED" as const,
      message: "HALL:DOOR, Door: MINOR STATE",
      mirror,
    };

    // When
    await show(<AlarmList alarms={[kept]} />);

    // Then
    const row = screen.getByTestId("alarm-row");
    expect(row.textContent).toContain("HALL:DOOR, Door: MINOR STATE");
    expect(row.querySelector("a")).toBeNull();
    const words = screen.getByTestId("alarm-mirror").textContent;
    expect(words).toContain("kept in Phoebus");
    expect(words).toContain("Phoebus is silent");
    expect(words).toContain("acknowledged by vera, not confirmed by Phoebus yet");
    expect(screen.queryByTestId("ack-button")).toBeNull();
  });
});

describe("the decision", () => {
  const decision = (proposal: Proposal) => <Decision proposal={proposal} take={() => undefined} />;

  it("shouldNotLetAShifterDecide", async () => {
    // Given
    await signedInAs(["SHIFTER"]);

    // When
    await show(decision(awaiting));

    // Then
    expect(screen.queryByTestId("approve-button")).toBeNull();
  });

  it("shouldAskAnExpertForAReasonFirst", async () => {
    // Given
    await signedInAs(["EXPERT"]);

    // When
    await show(decision(awaiting));

    // Then
    expect((screen.getByTestId("approve-button") as HTMLButtonElement).disabled).toBe(true);
    expect(screen.getByTestId("reject-button")).toBeDefined();
  });

  it("shouldSayWhyWhoAskedDoesNotApproveAlone", async () => {
    // Given
    await signedInAs(["EXPERT"]);

    // When
    await show(decision({ ...awaiting, askedBy: "anna" }));

    // Then
    expect(screen.queryByTestId("approve-button")).toBeNull();
    expect(screen.getByTestId("reject-button")).toBeDefined();
    expect(screen.getByTestId("own-proposal").textContent).toContain("another expert");
  });

  it("shouldLetWhoAskedBeOneOfTwo", async () => {
    // Given
    await signedInAs(["EXPERT"]);

    // When
    await show(decision({ ...awaiting, askedBy: "anna", approvalsNeeded: 2 }));

    // Then
    expect(screen.getByTestId("approve-button")).toBeDefined();
    expect(screen.getByTestId("own-proposal").textContent).toContain("one of the two");
  });

  it("shouldSayHowLongAPlanMayTake", async () => {
    // When
    await show(decision({ ...awaiting, plan: { ...awaiting.plan, timeLimitMs: 1_147_000 } }));

    // Then
    expect(screen.getByTestId("time-limit").textContent).toContain(
      "It may take 19 min 7 s after the last approval",
    );
  });

  it("shouldNameWhoAskedInTheList", async () => {
    // When
    await show(<ProposalList proposals={[awaiting, { ...awaiting, id: "p", askedBy: "anna" }]} />);

    // Then
    const rows = screen.getAllByRole("listitem").map((row) => row.textContent);
    expect(rows[0]).toContain("proposed by Orrery");
    expect(rows[1]).toContain("asked for by anna");
  });

  it("shouldOfferTheWayBackWhileHeld", async () => {
    // Given
    await signedInAs(["EXPERT"]);
    const held: Proposal = {
      ...awaiting,
      state: { type: "HELD", atMs: 0, terminal: false, step: 1, why: "purif.flow is too low" },
    };

    // When
    await show(decision(held));

    // Then
    expect(screen.getByTestId("rollback-button")).toBeDefined();
    expect(screen.queryByTestId("approve-button")).toBeNull();
  });
});

describe("the steps", () => {
  it("shouldShowWhatMustHoldBeforeTheWayBack", async () => {
    // When
    await show(<Steps proposal={awaiting} show={() => undefined} />);

    // Then
    const [first] = screen.getAllByText("Way back only if");
    const shown = first?.parentElement?.textContent ?? "";
    expect(shown).toContain("OFF");
    expect(shown).toContain("only one pump may run");
  });
});

describe("what happened", () => {
  it("shouldNeverShowAnUnknownOutcomeAsDone", async () => {
    // Given
    const proposal: Proposal = {
      ...awaiting,
      record: [
        {
          step: 0,
          undo: false,
          command: "c",
          outcomes: [{ type: "UNKNOWN", atMs: 0, detail: "no answer within 5 s" }],
          checks: [],
        },
      ],
    };

    // When
    await show(<Happened proposal={proposal} />);

    // Then
    expect(screen.getByTestId("outcome").textContent).toContain("Not confirmed, check");
  });

  it("shouldNotCallOutsideWhatIsInsideButCameTooLate", async () => {
    // Given
    const check = { channel: "purif.flow", low: 1.2, high: 2, passed: false, atMs: 0 };
    const record = { step: 0, undo: false, command: "c", outcomes: [] };
    const proposal: Proposal = {
      ...awaiting,
      record: [
        { ...record, checks: [{ ...check, observed: 1.5 }] },
        { ...record, step: 1, checks: [{ ...check, observed: 0.5 }] },
      ],
    };

    // When
    await show(<Happened proposal={proposal} />);

    // Then
    const [late, outside] = screen.getAllByText(/its allowed range/);
    expect(late?.textContent).toContain("inside its allowed range");
    expect(late?.textContent).toContain("TOO LATE or silent since");
    expect(outside?.textContent).toContain("OUTSIDE its allowed range");
  });
});

describe("stop Orrery writing", () => {
  it("shouldSayThatWritingIsStopped", async () => {
    // Given
    act(() =>
      live.dispatch({
        type: "writing",
        data: { known: true, stopped: true, by: "ben", reason: "test", sinceMs: 0, releasedBy: ["ben"] },
      }),
    );

    // When
    await show(<StopWriting />);

    // Then
    expect(screen.getByTestId("stop-writing").textContent).toContain("STOPPED");
  });

  it("shouldOfferToStopAndNotToReleaseWhileNothingIsKnown", async () => {
    // Given
    await signedInAs(["EXPERT"]);
    act(() =>
      live.dispatch({
        type: "writing",
        data: { known: false, stopped: null, by: "", reason: "the gateway has not answered yet" },
      }),
    );

    // When
    await show(<StopWriting />);
    fireEvent.click(screen.getByTestId("stop-writing"));

    // Then
    expect(screen.getByTestId("stop-writing").textContent).toContain("Stop Orrery writing");
    expect(screen.getByTestId("stop-confirm").textContent).toBe("Stop writing now");
    expect(screen.getByText(/not known yet/)).toBeDefined();
  });

  it("shouldNotTurnAStopIntoAReleaseUnderTheHand", async () => {
    // Given
    await signedInAs(["EXPERT"]);
    await show(<StopWriting />);
    fireEvent.click(screen.getByTestId("stop-writing"));
    fireEvent.change(screen.getByTestId("stop-reason"), { target: { value: "smoke" } });
    expect(screen.getByTestId("stop-confirm").textContent).toBe("Stop writing now");

    // When
    act(() =>
      live.dispatch({
        type: "writing",
        data: { known: true, stopped: true, by: "ben", reason: "smoke", sinceMs: 0, releasedBy: [] },
      }),
    );

    // Then
    expect(screen.queryByTestId("stop-confirm")).toBeNull();
    expect(screen.getByText("It has changed meanwhile")).toBeDefined();

    // When
    fireEvent.click(screen.getByTestId("stop-again"));

    // Then
    expect(screen.getByTestId("stop-confirm").textContent).toBe("I agree to release");
    expect((screen.getByTestId("stop-reason") as HTMLInputElement).value).toBe("");
  });
});

describe("the foot", () => {
  it("shouldNameTheStageThatThinsMostAndNotItsOwnFeed", () => {
    // Given
    const none = { out: 0, dropped: 0, late: 0, pending: 0 };
    const own = { ...none, stage: "feed.server", in: 100, squashed: 90 };

    // Then
    expect(thinnedMost([own])).toBe("none thinned");
    expect(
      thinnedMost([
        own,
        { ...none, stage: "feed.twin", in: 100, squashed: 3 },
        { ...none, stage: "feed.relay", in: 1_000, squashed: 10 },
      ]),
    ).toBe("feed.twin 3.0 % thinned");
  });
});
