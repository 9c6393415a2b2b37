import { type SyntheticEvent, useState } from "react";
import type { DrillState } from "../../api/types";
import { useFacility } from "../../live/facility";
import { useUser } from "../../live/session";
import { useLive } from "../../live/store";
import { clockText, countdownText, durationText } from "../../text/time";
import { Dialog } from "../Dialog";
import { Problem } from "../Problem";
import { SignInDialog } from "../SignIn";
import { Course } from "./Course";
import { useDrill } from "./useDrill";

/** Where the trainee says what they see and think, and sends people to the rack. */
export function Running({ drill }: { drill: DrillState }) {
  const user = useUser();
  const [signIn, setSignIn] = useState(false);
  return (
    <div className="drill-running">
      <Head drill={drill} />
      {user === null && (
        <p className="drill-notice-bar">
          <button type="button" className="primary" onClick={() => setSignIn(true)}>
            Sign in
          </button>{" "}
          to take part; you see what the others do.
          {signIn && <SignInDialog onClose={() => setSignIn(false)} />}
        </p>
      )}
      <div className="drill-left">
        <Notice may={user !== null} />
        <section className="panel drill-log" aria-label="What you said and did">
          <h2>What you said and did</h2>
          <Course entries={[...drill.record].reverse()} startMs={drill.startedMs ?? 0} />
          <details className="drill-again">
            <summary>The briefing again</summary>
            {drill.sheet.briefing.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </details>
        </section>
      </div>
      <Diagnosis drill={drill} may={user !== null} />
      <Rack drill={drill} may={user !== null} />
    </div>
  );
}

function Head({ drill }: { drill: DrillState }) {
  const { zone } = useFacility();
  const user = useUser();
  const [asked, setAsked] = useState(false);
  const { busy, error, send } = useDrill();
  const plantS = useLive((state) => Math.floor((state.snapshot?.plantMs ?? 0) / 1000));
  const elapsed = Math.max(0, plantS * 1000 - (drill.startedMs ?? plantS * 1000));
  const { factor, lengthMs, title } = drill.sheet;
  return (
    <section className="panel drill-head" aria-label="The drill">
      <h1>{title}</h1>
      <dl className="drill-clocks">
        <div>
          <dt>plant clock</dt>
          <dd>{clockText(plantS * 1000, zone)}</dd>
        </div>
        <div>
          <dt>since the start</dt>
          <dd data-testid="drill-elapsed">{durationText(elapsed)}</dd>
        </div>
        <div>
          <dt>at your desk</dt>
          <dd>{countdownText(elapsed / factor)}</dd>
        </div>
        <div>
          <dt>left at most, at your desk</dt>
          <dd>{countdownText((lengthMs - elapsed) / factor)}</dd>
        </div>
      </dl>
      <button
        type="button"
        data-testid="drill-end"
        disabled={user === null || busy}
        onClick={() => setAsked(true)}
      >
        End the drill…
      </button>
      {asked && (
        <Dialog title="End the drill" onClose={() => setAsked(false)}>
          <p>The debrief follows. Have you given the diagnosis that you want to be judged by?</p>
          <Problem error={error} />
          <div className="buttons">
            <button type="button" className="quiet" onClick={() => setAsked(false)}>
              Go on
            </button>
            <button
              type="button"
              className="primary"
              data-testid="drill-end-confirm"
              onClick={() => send("end", {})}
            >
              End it
            </button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

function Notice({ may }: { may: boolean }) {
  const [text, setText] = useState("");
  const { busy, error, send } = useDrill();
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    send("notice", { text }, () => setText(""));
  };
  return (
    <section className="panel" aria-label="I see something wrong">
      <h2>I see something wrong</h2>
      <form className="drill-form" onSubmit={submit}>
        <input
          data-testid="drill-notice"
          placeholder="What, in a few words"
          required
          maxLength={500}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button
          type="submit"
          className="primary"
          data-testid="drill-notice-send"
          disabled={!may || busy || text.trim() === ""}
        >
          Say it
        </button>
      </form>
      <Problem error={error} />
    </section>
  );
}

function Diagnosis({ drill, may }: { drill: DrillState; may: boolean }) {
  const given = drill.record.filter((entry) => entry.kind === "DIAGNOSIS").at(-1);
  const [choice, setChoice] = useState(given?.subject ?? "");
  const [text, setText] = useState("");
  const { busy, error, send } = useDrill();
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    send("diagnosis", { choice, text }, () => setText(""));
  };
  return (
    <section className="panel drill-diagnosis" aria-label="My diagnosis">
      <h2>My diagnosis</h2>
      <form onSubmit={submit}>
        <fieldset>
          <legend className="soft">What is going on? You may change your mind later.</legend>
          {drill.sheet.diagnoses.map(({ id, title }) => (
            <label key={id} className={choice === id ? "drill-choice chosen" : "drill-choice"}>
              <input
                type="radio"
                name="diagnosis"
                data-testid={`drill-choice-${id}`}
                checked={choice === id}
                onChange={() => setChoice(id)}
              />
              <span>{title}</span>
            </label>
          ))}
        </fieldset>
        <label className="soft">
          Why, in your own words (may stay empty)
          <input
            data-testid="drill-diagnosis-text"
            maxLength={500}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <button
          type="submit"
          className="primary"
          data-testid="drill-diagnosis-send"
          disabled={!may || busy || choice === ""}
        >
          {given === undefined ? "This is my diagnosis" : "This is my diagnosis now"}
        </button>
      </form>
      <Problem error={error} />
      {given !== undefined && (
        <p data-testid="drill-diagnosis-given">
          So far you say: <strong>{given.text}</strong>
        </p>
      )}
    </section>
  );
}

function Rack({ drill, may }: { drill: DrillState; may: boolean }) {
  const { busy, error, send } = useDrill();
  const { factor } = drill.sheet;
  return (
    <section className="panel drill-rack" aria-label="Crew and telephone">
      <h2>Crew and telephone</h2>
      <p className="soft">
        Each takes time to get there. What Orrery proposes is decided on its own page; where two
        people must agree, the command printed an account for the second.
      </p>
      <ul>
        {drill.sheet.actions.map(({ id, title, walkMs }) => {
          const walk = drill.walks.find((known) => known.action === id);
          const done = drill.record.filter((e) => e.kind === "DONE" && e.subject === id).length;
          return (
            <li key={id} className={walk === undefined ? "" : "under-way"}>
              <span className="drill-action">
                {title}
                <span className="soft">
                  {durationText(walkMs)} of plant time ({countdownText(walkMs / factor)} at your
                  desk)
                  {done > 0 && (
                    <span className="tone-act">
                      {" "}
                      · ✓ carried out{done > 1 ? ` ${done} times` : ""}
                    </span>
                  )}
                </span>
              </span>
              {walk === undefined ? (
                <button
                  type="button"
                  data-testid={`drill-act-${id}`}
                  disabled={!may || busy}
                  onClick={() => send("action", { action: id })}
                >
                  Do it
                </button>
              ) : (
                <Arrival dueMs={walk.dueMs} factor={factor} />
              )}
            </li>
          );
        })}
      </ul>
      <Problem error={error} />
    </section>
  );
}

function Arrival({ dueMs, factor }: { dueMs: number; factor: number }) {
  const left = useLive((state) =>
    Math.ceil(Math.max(0, dueMs - (state.snapshot?.plantMs ?? dueMs)) / factor / 1000),
  );
  return (
    <strong className="drill-arrival">
      {left > 0 ? `under way, ${countdownText(left * 1000)}` : "being done"}
    </strong>
  );
}
