import { useState } from "react";
import type { DrillState } from "../../api/types";
import { useUser } from "../../live/session";
import { durationText } from "../../text/time";
import { Problem } from "../Problem";
import { Shape } from "../Signs";
import { SignInDialog } from "../SignIn";
import { useDrill } from "./useDrill";

/** Who the trainee is, how a drill works, and the button that starts it. */
export function Briefing({ drill }: { drill: DrillState }) {
  const user = useUser();
  const [signIn, setSignIn] = useState(false);
  const { busy, error, send } = useDrill();
  const { sheet } = drill;
  const ready = drill.phase === "READY";
  return (
    <div className="drill-briefing">
      <section className="panel drill-story" aria-label="Briefing">
        <p className="drill-kind">Training drill · {sheet.level}</p>
        <h1>{sheet.title}</h1>
        {sheet.briefing.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <div className="drill-start">
          <button
            type="button"
            className="primary"
            data-testid="drill-start"
            disabled={busy || (user !== null && !ready)}
            onClick={() => (user === null ? setSignIn(true) : send("start", {}))}
          >
            {user === null ? "Sign in to start" : "Start the drill"}
          </button>
          <p data-testid="drill-readiness">
            <Shape tone={ready ? "good" : "act"} />{" "}
            {ready ? "Ready." : `Not ready yet: ${drill.waitingFor}. Read on meanwhile.`}
          </p>
        </div>
        <Problem error={error} />
        {signIn && (
          <SignInDialog
            why="Use the account that the command printed when it started this drill."
            onClose={() => setSignIn(false)}
          />
        )}
      </section>
      <section className="panel drill-rules" aria-label="How a drill works">
        <h2>How a drill works</h2>
        <ol>
          <li>
            Run the shift with all the pages of Orrery, as on a real night. Something may go wrong,
            or nothing.
          </li>
          <li>
            Come back to this page to say <strong>what you see</strong>, then{" "}
            <strong>what you think it is</strong>. You may change your mind; all is kept.
          </li>
          <li>
            Send people <strong>to the rack</strong> from here, or decide about Orrery's proposals
            on their own page. People need time to walk; so plan.
          </li>
          <li>
            Not everything on the list of actions is a good idea, and doing nothing can be right.
          </li>
          <li>
            At the end the debrief tells what happened, what should have been done, and how you did.
          </li>
        </ol>
        <h2>Time</h2>
        <p>
          The plant runs <strong>{sheet.factor} times</strong> faster than your watch: a minute at
          your desk is {durationText(sheet.factor * 60_000)} of plant time. The drill ends by itself
          after at most {durationText(sheet.lengthMs / sheet.factor)} at your desk.
        </p>
        <p className="soft">
          The detector is simulated. Nothing here can reach a real one, and nobody is called out.
        </p>
      </section>
    </div>
  );
}
