import { type SyntheticEvent, useState } from "react";
import { api } from "../api/client";
import type { Operations } from "../api/types";
import { useFacility } from "../live/facility";
import { mayDecide, useUser } from "../live/session";
import { useLive } from "../live/store";
import { fullText } from "../text/time";
import { DeviceChoice } from "./DeviceChoice";
import { Problem } from "./Problem";

const NONE: Operations["locks"] = [];

/** Devices that somebody has reserved: only what they asked for or approved is written there. */
export function Locks() {
  const { zone } = useFacility();
  const user = useUser();
  const locks = useLive((state) => state.snapshot?.operations.locks ?? NONE);
  const [error, setError] = useState<unknown>(null);
  return (
    <section className="panel" aria-label="Reserved devices">
      <h2>Reserved devices</h2>
      <p className="soft">
        Only what its owner asks for or approves is written to a reserved device. It ends by itself;
        its owner gives it back before that, or an expert does.
      </p>
      {locks.length === 0 && <p className="nothing">No device is reserved.</p>}
      <ul>
        {locks.map((lock) => (
          <li key={lock.device}>
            <strong>{lock.device}</strong>: {lock.reason} ({lock.owner}, until{" "}
            {fullText(lock.untilMs, zone)} wall clock){" "}
            {mayDecide(user) && (
              <button
                type="button"
                className="quiet"
                onClick={() => api.unlockDevice(lock.device).catch(setError)}
              >
                Give back
              </button>
            )}
          </li>
        ))}
      </ul>
      {mayDecide(user) && <Lock onProblem={setError} />}
      <Problem error={error} />
    </section>
  );
}

function Lock({ onProblem }: { onProblem: (problem: unknown) => void }) {
  const [device, setDevice] = useState("");
  const [reason, setReason] = useState("");
  const [minutes, setMinutes] = useState(60);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    onProblem(null);
    api.lockDevice(device, reason, minutes).then(() => setReason(""), onProblem);
  };
  return (
    <form className="ask" onSubmit={submit}>
      <DeviceChoice value={device} onChange={setDevice} />
      <label>
        Minutes{" "}
        <input
          required
          type="number"
          min={1}
          max={720}
          value={minutes}
          onChange={(event) => setMinutes(event.target.valueAsNumber)}
        />
      </label>
      <label className="reason-field">
        What you reserve it for
        <input required value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      <button type="submit">Reserve</button>
    </form>
  );
}
