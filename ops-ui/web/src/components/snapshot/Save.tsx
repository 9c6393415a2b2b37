import { type SyntheticEvent, useState } from "react";
import { api } from "../../api/client";
import type { SnapshotSet, SnapshotSummary } from "../../api/types";
import { Problem } from "../Problem";

/** Saves what is now. What would be incomplete is told first, and saved only if one insists. */
export function Save({
  sets,
  saved,
}: {
  sets: SnapshotSet[];
  saved: (snapshot: SnapshotSummary) => void;
}) {
  const [set, setSet] = useState("settings");
  const [name, setName] = useState("");
  const [comment, setComment] = useState("");
  const [incomplete, setIncomplete] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    api
      .saveSnapshot({ set, name, comment, incomplete })
      .then((snapshot) => {
        setName("");
        setComment("");
        setIncomplete(false);
        saved(snapshot);
      }, setError)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <form className="ask snapshot-save" onSubmit={submit} aria-label="Save a snapshot">
        <label>
          Channels
          <select
            value={set}
            data-testid="snapshot-set"
            onChange={(event) => setSet(event.target.value)}
          >
            {sets.map((each) => (
              <option key={each.name} value={each.name}>
                {each.name}: {each.title}
              </option>
            ))}
          </select>
        </label>
        <label className="reason-field">
          Name
          <input
            required
            maxLength={200}
            data-testid="snapshot-name"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label className="reason-field">
          Comment
          <input
            maxLength={2000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        </label>
        <button type="submit" data-testid="snapshot-save" disabled={busy}>
          Save what is now
        </button>
      </form>
      <Problem error={error} />
      {(error !== null || incomplete) && (
        <label>
          <input
            type="checkbox"
            checked={incomplete}
            onChange={(event) => setIncomplete(event.target.checked)}
          />{" "}
          Save also what is incomplete; the snapshot says which channels it lacks.
        </label>
      )}
    </>
  );
}
