import { useMemo } from "react";
import { useFacility } from "../live/facility";
import { follow } from "../live/router";
import { useLive } from "../live/store";
import { answers } from "../text/answers";
import { clockText, offsetText } from "../text/time";
import { Shape } from "./Signs";
import { Age } from "./Value";

/** Five answers in plain words, for somebody new at three in the morning. */
export function Strip() {
  const facility = useFacility();
  const snapshot = useLive((state) => state.snapshot);
  const said = useMemo(
    () => (snapshot === null ? null : answers(facility, snapshot)),
    [facility, snapshot],
  );
  if (said === null) {
    return (
      <section className="strip" aria-label="In short">
        <div className="answer wide">
          <h2>What is wrong</h2>
          <p className="answer-main">
            <Shape tone="unknown" /> Not known: no data from Orrery yet
          </p>
        </div>
      </section>
    );
  }
  return (
    <section className={`strip tone-edge-${said.tone}`} aria-label="In short" data-testid="answers">
      <div className="answer wide">
        <h2>What is wrong</h2>
        <p className={sized(said.what)} data-testid="answer-what">
          <Shape tone={said.tone} /> {said.what}
        </p>
        <p className="answer-more" title={said.whatMore}>
          {said.whatMore}
        </p>
      </div>
      <div className="answer">
        <h2>Since</h2>
        <p className="answer-main" data-testid="answer-since">
          {said.sinceMs === null ? "–" : clockText(said.sinceMs, facility.zone)}
        </p>
        <p className="answer-more">
          {said.sinceMs !== null && (
            <>
              <Age sinceMs={said.sinceMs} />, plant time {offsetText(said.sinceMs, facility.zone)}
            </>
          )}
        </p>
      </div>
      <div className="answer">
        <h2>Is the detector safe?</h2>
        <p className="answer-main" data-testid="answer-safe">
          <Shape tone={said.safe.tone} /> {said.safe.verdict}
        </p>
        <p className="answer-more" title={said.safe.because}>
          {said.safe.because}
        </p>
      </div>
      <div className="answer wide">
        <h2>What next</h2>
        <p className={sized(said.next)} data-testid="answer-next">
          {said.nextProposal === null ? (
            said.next
          ) : (
            <a href={`/proposals/${said.nextProposal}`} onClick={follow}>
              ▶ {said.next}
            </a>
          )}
        </p>
        <p className="answer-more" title={said.nextMore}>
          {said.nextMore}
        </p>
      </div>
      <div className="answer">
        <h2>Whom to call</h2>
        <p className="answer-main" data-testid="answer-call">
          {said.call}
        </p>
        <p className="answer-more" title={said.callMore}>
          {said.callMore}
        </p>
      </div>
    </section>
  );
}

/** Long answers in smaller letters, so that none is cut off. */
function sized(text: string): string {
  return text.length > 64 ? "answer-main long" : "answer-main";
}
