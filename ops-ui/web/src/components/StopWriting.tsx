import { type SyntheticEvent, useState } from "react";
import { api } from "../api/client";
import type { Writing } from "../api/types";
import { useFacility } from "../live/facility";
import { useUser } from "../live/session";
import { useLive } from "../live/store";
import { clockText } from "../text/time";
import { Dialog } from "./Dialog";
import { Problem } from "./Problem";
import { SignInDialog } from "./SignIn";

/** Only what the gateway has said counts; while nothing is known, stopping is what is offered. */
function isStopped(writing: Writing | null): boolean {
  return writing !== null && writing.known && writing.stopped === true;
}

/** The one switch over every path on which Orrery writes; in sight on every page. */
export function StopWriting() {
  const user = useUser();
  const writing = useLive((state) => state.snapshot?.writing ?? null);
  const [open, setOpen] = useState(false);
  const stopped = isStopped(writing);
  return (
    <div className="stop-box">
      <button
        type="button"
        className={stopped ? "stop stopped" : "stop"}
        data-testid="stop-writing"
        onClick={() => setOpen(true)}
      >
        {stopped ? "■ Orrery writing is STOPPED" : "■ Stop Orrery writing"}
      </button>
      {open && user === null && (
        <SignInDialog
          why="Anybody who is signed in may stop Orrery writing."
          onClose={() => setOpen(false)}
        />
      )}
      {open && user !== null && (
        <SwitchDialog writing={writing} me={user.name} onClose={() => setOpen(false)} />
      )}
    </div>
  );
}

function SwitchDialog({
  writing,
  me,
  onClose,
}: {
  writing: Writing | null;
  me: string;
  onClose: () => void;
}) {
  // What the person came for; another person's click must not turn it into its opposite.
  const stoppedNow = isStopped(writing);
  const [stopped, setStopped] = useState(stoppedNow);
  const [sent, setSent] = useState(false);
  const [reason, setReason] = useState("");
  const [error, setError] = useState<unknown>(null);
  const agreed = writing?.releasedBy ?? [];
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const said = reason.trim() === "" ? "stopped at the page, no reason given" : reason.trim();
    setSent(true);
    api.writing(stopped ? "RELEASE" : "STOP", said).then(onClose, (problem: unknown) => {
      setSent(false);
      setError(problem);
    });
  };
  if (stoppedNow !== stopped && !sent) {
    return (
      <Dialog title="It has changed meanwhile" onClose={onClose}>
        {writing !== null && stoppedNow ? (
          <Stopped writing={writing} />
        ) : (
          <p>Two people have agreed: Orrery may write again.</p>
        )}
        <p>You have sent nothing.</p>
        <div className="buttons">
          <button type="button" className="quiet" data-testid="stop-leave" onClick={onClose}>
            Leave it so
          </button>
          <button
            type="button"
            className="quiet"
            data-testid="stop-again"
            onClick={() => {
              setStopped(stoppedNow);
              setReason("");
              setError(null);
            }}
          >
            {stoppedNow ? "Agree to release instead…" : "Stop it again…"}
          </button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={stopped ? "Let Orrery write again" : "Stop Orrery writing"} onClose={onClose}>
      {stopped && writing !== null ? (
        <Stopped writing={writing} />
      ) : (
        <p>
          {writing?.known !== true && "Whether it is stopped already is not known yet. "}
          From now on nothing is written to the detector: no plan, no undo. Alarms and plots go on.
        </p>
      )}
      {agreed.includes(me) && <p>You have agreed already; another person has to agree too.</p>}
      <form onSubmit={submit}>
        <label>
          {stopped ? "Why it is safe to write again" : "Reason (may stay empty)"}
          <input
            data-testid="stop-reason"
            autoFocus
            required={stopped}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <Problem error={error} />
        <div className="buttons">
          <button type="button" className="quiet" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            className={stopped ? "primary" : "danger"}
            data-testid="stop-confirm"
          >
            {stopped ? "I agree to release" : "Stop writing now"}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Stopped({ writing }: { writing: Writing }) {
  const { zone } = useFacility();
  const agreed = writing.releasedBy ?? [];
  return (
    <>
      <p>
        Stopped by <strong>{writing.by === "" ? "Orrery itself" : writing.by}</strong>
        {writing.sinceMs === undefined
          ? ""
          : ` at ${clockText(writing.sinceMs, zone)} (wall clock)`}
        : {writing.reason}
      </p>
      <p>
        Two people must agree. So far:{" "}
        <strong>{agreed.length === 0 ? "nobody" : agreed.join(", ")}</strong> ({agreed.length} of
        2).
      </p>
    </>
  );
}
