import { useEffect, useState } from "react";
import { api } from "../../api/client";
import type { DrillDebrief, DrillMeasure, DrillState } from "../../api/types";
import { useChannels } from "../../live/facility";
import { follow } from "../../live/router";
import { afterStart, lossText, MEASURE_WORDS, measureTone } from "../../text/drill";
import { durationText } from "../../text/time";
import { Problem } from "../Problem";
import { Shape } from "../Signs";
import { Course } from "./Course";
import { MarkLegend, TracePlot } from "./TracePlot";

const ASK_AGAIN_MS = 2_000;

/** What happened, what should have been done and why, and how the trainee did. */
export function Debrief({ drill }: { drill: DrillState }) {
  const [debrief, setDebrief] = useState<DrillDebrief | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      api.drillDebrief().then(
        (got) => {
          if (!ended) {
            setError(null);
            setDebrief(got);
          }
        },
        (problem: unknown) => {
          if (!ended) {
            setError(problem);
            timer = setTimeout(ask, ASK_AGAIN_MS);
          }
        },
      );
    };
    ask();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, []);
  if (debrief === null) {
    return (
      <div className="page">
        <h1>Debrief</h1>
        {error === null ? <p>Loading…</p> : <Problem error={error} />}
      </div>
    );
  }
  return <Shown drill={drill} debrief={debrief} />;
}

function Shown({ drill, debrief }: { drill: DrillState; debrief: DrillDebrief }) {
  const startMs = drill.startedMs ?? drill.endedMs ?? 0;
  return (
    <div className="drill-debrief" data-testid="drill-debrief">
      <section className="panel drill-summary" aria-label="In short">
        <p className="drill-kind">Debrief · {drill.sheet.level}</p>
        <h1>{drill.sheet.title}</h1>
        <p className="drill-cause" data-testid="drill-cause">
          {debrief.cause}
        </p>
        <ul>
          {debrief.summary.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      <Figures debrief={debrief} />
      <section className="panel drill-happened" aria-label="What happened">
        <h2>What happened</h2>
        {debrief.story.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        {debrief.signs.length > 0 && (
          <>
            <h3>Where it showed</h3>
            <Signs debrief={debrief} />
          </>
        )}
        {debrief.decoys.length > 0 && (
          <>
            <h3>What could mislead</h3>
            <ul className="dashes">
              {debrief.decoys.map((decoy) => (
                <li key={decoy}>{decoy}</li>
              ))}
            </ul>
          </>
        )}
      </section>
      <section className="panel drill-plots" aria-label="The telling channels">
        <h2>The telling channels</h2>
        {debrief.traces.map((trace) => (
          <TracePlot key={trace.channel} trace={trace} debrief={debrief} startMs={startMs} />
        ))}
        <MarkLegend debrief={debrief} startMs={startMs} />
      </section>
      <Judged debrief={debrief} startMs={startMs} />
      <section className="panel drill-log" aria-label="The course">
        <h2>The course, in plant time after the start</h2>
        <Course entries={debrief.timeline} startMs={startMs} />
      </section>
      <p className="soft drill-end-note">
        The same is kept in the drill's data directory as debrief.md and debrief.json. The simulated
        detector runs on: look at it on the <a href="/" onClick={follow}>overview</a>. To try again,
        stop the command and start it anew, with another <code>--seed</code> for another night.
      </p>
    </div>
  );
}

function Figures({ debrief }: { debrief: DrillDebrief }) {
  const { loss } = debrief;
  return (
    <section className="drill-figures" aria-label="Figures">
      {debrief.measures.map((measure) => (
        <Figure key={measure.what} measure={measure} />
      ))}
      <div className={`panel drill-figure tone-edge-${loss.lostMs > 0 ? "care" : "good"}`}>
        <h2>Data lost</h2>
        <p className="drill-big" data-testid="drill-lost">
          {lossText(loss)}
        </p>
        <p className="soft">
          {durationText(loss.lostMs)} of {durationText(loss.elapsedMs)}. Bad while {loss.meaning}.
        </p>
      </div>
    </section>
  );
}

function Figure({ measure }: { measure: DrillMeasure }) {
  const tone = measureTone(measure);
  const { tookMs, referenceMs } = measure;
  return (
    <div
      className={`panel drill-figure tone-edge-${tone}`}
      data-testid={`drill-measure-${measure.what}`}
    >
      <h2>{MEASURE_WORDS[measure.what]}</h2>
      <p className="drill-big">
        <Shape tone={tone} /> {tookMs === null ? "–" : durationText(tookMs)}
      </p>
      <p className="soft">
        {referenceMs === null
          ? "nothing to measure here"
          : `${tookMs === null ? "did not happen; " : ""}a good crew takes ` +
            durationText(referenceMs)}
      </p>
    </div>
  );
}

function Signs({ debrief }: { debrief: DrillDebrief }) {
  const channels = useChannels();
  return (
    <ul className="dashes">
      {debrief.signs.map((sign) => (
        <li key={sign.channel + sign.text}>
          <a href={`/channels/${sign.channel}`} onClick={follow}>
            {channels.get(sign.channel)?.description ?? sign.channel}
          </a>
          : {sign.text}
        </li>
      ))}
    </ul>
  );
}

function Judged({ debrief, startMs }: { debrief: DrillDebrief; startMs: number }) {
  const { answer, duties, mistakes } = debrief;
  return (
    <section className="panel drill-judged" aria-label="What should have been done">
      <h2>Your diagnosis</h2>
      <p className={answer.right ? "tone-good" : "tone-bad"} data-testid="drill-answer">
        <strong>
          {answer.right ? "✓" : "✕"} {answer.given === "" ? "You gave none" : answer.given}
        </strong>
      </p>
      {!answer.right && (
        <p>
          Right: <strong>{answer.correct}</strong>
        </p>
      )}
      <p className="soft">{answer.why}</p>
      <h2>What should have been done</h2>
      {duties.length === 0 && <p>Nothing.</p>}
      <ul className="judged-list">
        {duties.map((duty) => (
          <li key={duty.text} className={duty.doneMs === null ? "missed" : "met"}>
            <p>
              <strong>{duty.text}</strong>{" "}
              {duty.doneMs === null ? (
                <span className="mark tone-care">◇ not done</span>
              ) : (
                <span className="mark tone-good">✓ {afterStart(duty.doneMs, startMs)}</span>
              )}
            </p>
            <p className="soft">{duty.why}</p>
          </li>
        ))}
      </ul>
      <h2>What should not have been done</h2>
      {mistakes.length === 0 && <p>Nothing wrong was done.</p>}
      <ul className="judged-list">
        {mistakes.map((mistake) => (
          <li key={mistake.atMs + mistake.text} className="mistake">
            <p>
              <strong>{mistake.text}</strong>{" "}
              <span className="mark tone-bad">✕ {afterStart(mistake.atMs, startMs)}</span>
            </p>
            <p>{mistake.effect}</p>
            <p className="soft">{mistake.why}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
