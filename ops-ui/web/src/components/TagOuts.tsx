import { type SyntheticEvent, useState } from "react";
import { api } from "../api/client";
import type { Operations } from "../api/types";
import { useFacility } from "../live/facility";
import { mayDecide, useUser } from "../live/session";
import { useLive } from "../live/store";
import { fullText } from "../text/time";
import { DeviceChoice } from "./DeviceChoice";
import { Problem } from "./Problem";

const NONE: Operations["tagOuts"] = [];

/** Devices that somebody works at: Orrery writes to none of them. */
export function TagOuts() {
  const { zone } = useFacility();
  const user = useUser();
  const tagOuts = useLive((state) => state.snapshot?.operations.tagOuts ?? NONE);
  const [error, setError] = useState<unknown>(null);
  return (
    <section className="panel" aria-label="Tag-outs">
      <h2>Tag-outs</h2>
      <p className="soft">
        Somebody works there: Orrery writes nothing at all to a device that is tagged out, until its
        owner lifts it. It never ends by itself.
      </p>
      {tagOuts.length === 0 && <p className="nothing">No device is tagged out.</p>}
      <ul>
        {tagOuts.map((tag) => (
          <li key={tag.device}>
            <strong>{tag.device}</strong>: {tag.reason} ({tag.owner}, since{" "}
            {fullText(tag.sinceMs, zone)} wall clock){" "}
            {mayDecide(user) && (
              <button
                type="button"
                className="quiet"
                onClick={() => api.liftTagOut(tag.device).catch(setError)}
              >
                Lift
              </button>
            )}
          </li>
        ))}
      </ul>
      {mayDecide(user) && <TagOut onProblem={setError} />}
      <Problem error={error} />
    </section>
  );
}

function TagOut({ onProblem }: { onProblem: (problem: unknown) => void }) {
  const [device, setDevice] = useState("");
  const [reason, setReason] = useState("");
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    onProblem(null);
    api.setTagOut(device, reason).then(() => setReason(""), onProblem);
  };
  return (
    <form className="ask" onSubmit={submit}>
      <DeviceChoice value={device} onChange={setDevice} />
      <label className="reason-field">
        Why nobody may write to it
        <input required value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      <button type="submit">Tag out</button>
    </form>
  );
}
