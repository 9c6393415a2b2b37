import { useCallback, useEffect, useState } from "react";
import { api } from "../api/client";
import type { SnapshotSet, SnapshotSummary } from "../api/types";
import { Problem } from "../components/Problem";
import { Compare } from "../components/snapshot/Compare";
import { Gold } from "../components/snapshot/Gold";
import { Restore } from "../components/snapshot/Restore";
import { Save } from "../components/snapshot/Save";
import { useFacility } from "../live/facility";
import { follow, go } from "../live/router";
import { mayDecide, onShift, useUser } from "../live/session";
import { completeText, goldenTexts } from "../text/snapshots";
import { fullText } from "../text/time";

const ASK_EVERY_MS = 10_000;

export function Snapshots({ id }: { id: string | null }) {
  const user = useUser();
  const { snapshots, sets, error, refresh } = useSnapshots();
  const chosen = snapshots.find((snapshot) => snapshot.id === id);
  return (
    <div className="page broad">
      <h1>Snapshots</h1>
      <Problem error={error} />
      {onShift(user) ? (
        <Save
          sets={sets}
          saved={(snapshot) => {
            refresh();
            go(`/snapshots/${snapshot.id}`);
          }}
        />
      ) : (
        <p className="soft">Sign in to save and compare.</p>
      )}
      <List snapshots={snapshots} chosen={id} />
      {chosen !== undefined && (
        <>
          <h2>{chosen.name}</h2>
          {chosen.comment !== "" && <p>{chosen.comment}</p>}
          <p className="alarm-more hash" title={chosen.hash}>
            Never changed since it was saved, {chosen.hash.slice(0, 16)}…
          </p>
          <Gold snapshot={chosen} mayMark={mayDecide(user)} marked={refresh} />
          {onShift(user) && (
            <>
              <Compare
                key={chosen.id}
                snapshot={chosen}
                others={snapshots.filter((other) => other.id !== chosen.id)}
              />
              <Restore key={`restore ${chosen.id}`} snapshot={chosen} />
            </>
          )}
        </>
      )}
    </div>
  );
}

function List({ snapshots, chosen }: { snapshots: SnapshotSummary[]; chosen: string | null }) {
  const { zone } = useFacility();
  if (snapshots.length === 0) {
    return <p className="nothing">No snapshot has been saved.</p>;
  }
  return (
    <div className="snapshot-list">
      <table>
        <thead>
          <tr>
            <th>Name</th>
            <th>Instant (plant time)</th>
            <th>Set</th>
            <th>Channels</th>
            <th>By</th>
            <th>Golden</th>
          </tr>
        </thead>
        <tbody>
          {snapshots.map((snapshot) => (
            <tr
              key={snapshot.id}
              data-testid="snapshot-row"
              className={snapshot.id === chosen ? "chosen" : ""}
            >
              <td>
                <a href={`/snapshots/${snapshot.id}`} onClick={follow}>
                  {snapshot.name}
                </a>
              </td>
              <td>{fullText(snapshot.plantMs, zone)}</td>
              <td>
                {snapshot.set}
                {snapshot.setVersion > 0 && ` v${snapshot.setVersion}`}
              </td>
              <td>{completeText(snapshot)}</td>
              <td>{snapshot.by}</td>
              <td>{goldenTexts(snapshot).join("; ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function useSnapshots(): {
  snapshots: SnapshotSummary[];
  sets: SnapshotSet[];
  error: unknown;
  refresh: () => void;
} {
  const [snapshots, setSnapshots] = useState<SnapshotSummary[]>([]);
  const [sets, setSets] = useState<SnapshotSet[]>([]);
  const [error, setError] = useState<unknown>(null);
  const refresh = useCallback((): void => {
    Promise.all([api.snapshots(), api.snapshotSets()]).then(([list, known]) => {
      setError(null);
      setSnapshots(list);
      setSets(known);
    }, setError);
  }, []);
  useEffect(() => {
    refresh();
    const timer = setInterval(refresh, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  return { snapshots, sets, error, refresh };
}
