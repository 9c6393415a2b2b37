import { useEffect, useState } from "react";
import { api } from "../../api/client";
import type { CompareWith, Comparison, Difference, SnapshotSummary } from "../../api/types";
import { useChannels, useFacility } from "../../live/facility";
import { follow } from "../../live/router";
import { live } from "../../live/store";
import { displayText, withUnit } from "../../text/quantity";
import { fullText } from "../../text/time";
import { DIFFERENCE_WORDS } from "../../text/snapshots";
import { Problem } from "../Problem";
import { Shape } from "../Signs";

/** How a snapshot differs from what is now, from another, or from the past. */
export function Compare({
  snapshot,
  others,
}: {
  snapshot: SnapshotSummary;
  others: SnapshotSummary[];
}) {
  const [comparison, setComparison] = useState<Comparison | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [other, setOther] = useState("");
  const [minutes, setMinutes] = useState("60");
  const ask = (against: CompareWith): void => {
    setBusy(true);
    setError(null);
    api
      .compare(snapshot.id, against)
      .then(setComparison, setError)
      .finally(() => setBusy(false));
  };
  useEffect(() => ask({ with: "LIVE" }), [snapshot.id]);
  const past = (): void => {
    const nowMs = live.get().snapshot?.plantMs ?? Date.now();
    ask({ with: "HISTORY", atMs: nowMs - Number(minutes) * 60_000 });
  };
  return (
    <section className="panel" aria-label="Comparison">
      <h2>What differs</h2>
      <div className="compare-with">
        <button type="button" disabled={busy} onClick={() => ask({ with: "LIVE" })}>
          From now
        </button>
        <label>
          <select
            aria-label="Another snapshot"
            value={other}
            onChange={(event) => setOther(event.target.value)}
          >
            <option value="">another snapshot…</option>
            {others.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </select>{" "}
          <button
            type="button"
            disabled={busy || other === ""}
            onClick={() => ask({ with: "SNAPSHOT", snapshot: other })}
          >
            From that
          </button>
        </label>
        <label>
          <input
            type="number"
            min="0"
            aria-label="Minutes ago"
            value={minutes}
            onChange={(event) => setMinutes(event.target.value)}
          />{" "}
          min of plant time ago{" "}
          <button type="button" disabled={busy || minutes === ""} onClick={past}>
            From then
          </button>
        </label>
        {busy && <span className="soft">comparing…</span>}
      </div>
      <Problem error={error} />
      {comparison !== null && <Differences comparison={comparison} />}
    </section>
  );
}

function Differences({ comparison }: { comparison: Comparison }) {
  const { zone } = useFacility();
  const { differences, same } = comparison;
  return (
    <>
      <p data-testid="comparison-summary">
        Compared with {comparison.against} ({fullText(comparison.atMs, zone)} plant time):{" "}
        <strong>
          {differences.length} {differences.length === 1 ? "channel differs" : "channels differ"} or
          cannot be compared
        </strong>
        , {same} are the same within their tolerance.
      </p>
      {differences.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>What</th>
              <th>Channel</th>
              <th>Saved</th>
              <th>There</th>
              <th>Tolerance</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {differences.map((each) => (
              <Row key={each.channel} difference={each} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Row({ difference }: { difference: Difference }) {
  const channel = useChannels().get(difference.channel);
  const text = (display: string | null): string => {
    if (display === null) {
      return "–";
    }
    // Which unit is whose stands in the detail.
    return difference.kind === "UNIT" ? display : displayText(channel, display, difference.unit);
  };
  const tone = difference.kind === "VALUE" ? "act" : "unknown";
  return (
    <tr data-testid="difference-row">
      <td className={`mark tone-${tone}`}>
        <Shape tone={tone} /> {DIFFERENCE_WORDS[difference.kind]}
      </td>
      <td>
        <a href={`/channels/${difference.channel}`} onClick={follow}>
          {channel?.description ?? difference.channel}
        </a>{" "}
        <span className="soft">{difference.channel}</span>
      </td>
      <td className="exact">
        <strong>{text(difference.saved)}</strong>
      </td>
      <td className="exact">{text(difference.other)}</td>
      <td>
        {difference.tolerance === null || difference.tolerance === 0
          ? "exact"
          : `± ${withUnit(channel, difference.tolerance, difference.unit)}`}
      </td>
      <td className="soft">{difference.detail}</td>
    </tr>
  );
}
