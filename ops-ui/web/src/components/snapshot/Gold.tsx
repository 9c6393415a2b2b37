import { useState } from "react";
import { api } from "../../api/client";
import type { SnapshotSummary } from "../../api/types";
import { useFacility } from "../../live/facility";
import { goldenTexts } from "../../text/snapshots";
import { Problem } from "../Problem";

/** Two experts call a snapshot golden for a mode, for good. */
export function Gold({
  snapshot,
  mayMark,
  marked,
}: {
  snapshot: SnapshotSummary;
  mayMark: boolean;
  marked: () => void;
}) {
  const { modes } = useFacility();
  const [mode, setMode] = useState("");
  const [error, setError] = useState<unknown>(null);
  const mark = (): void => {
    setError(null);
    api.golden(snapshot.id, mode).then(marked, setError);
  };
  return (
    <div className="gold">
      <ul>
        {goldenTexts(snapshot).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {mayMark && (
        <label>
          So it should be in{" "}
          <select
            aria-label="Mode"
            data-testid="golden-mode"
            value={mode}
            onChange={(event) => setMode(event.target.value)}
          >
            <option value="">mode…</option>
            {modes.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>{" "}
          <button type="button" data-testid="golden-mark" disabled={mode === ""} onClick={mark}>
            Call it golden
          </button>{" "}
          <span className="soft">takes two different experts and is never taken back</span>
        </label>
      )}
      <Problem error={error} />
    </div>
  );
}
