import { useEffect, useState } from "react";
import { api } from "../api/client";
import type { Put, Stand } from "../api/puts";
import { Problem } from "../components/Problem";
import { Shape } from "../components/Signs";
import { useChannels, useFacility } from "../live/facility";
import { follow } from "../live/router";
import { useLive } from "../live/store";
import { outcomeText, standOf, STANDS_BY_WISH } from "../text/puts";
import { displayText } from "../text/quantity";
import { fullText } from "../text/time";

const ASK_EVERY_MS = 3_000;
const A_PAGE = 100;
/** The server answers no more at once. */
const MOST = 2_000;
const EVERY_OUTCOME = "every outcome";

/** Every write of the gate and every one that it refused, the newest first. */
export function PutLog() {
  const { channels } = useFacility();
  const [channel, setChannel] = useState(
    new URLSearchParams(window.location.search).get("channel") ?? "",
  );
  const [wish, setWish] = useState(EVERY_OUTCOME);
  const [most, setMost] = useState(A_PAGE);
  const { puts, error } = usePuts(channel, STANDS_BY_WISH[wish] ?? [], most);
  const filtered = channel !== "" || wish !== EVERY_OUTCOME;
  return (
    <section className="panel" aria-label="Put log">
      <div className="page-head put-filter">
        <select
          aria-label="Channel"
          data-testid="put-channel"
          value={channel}
          onChange={(event) => setChannel(event.target.value)}
        >
          <option value="">every channel</option>
          {channels
            .filter((known) => known.writable || known.id === channel)
            .map((known) => (
              <option key={known.id} value={known.id}>
                {known.description} ({known.id})
              </option>
            ))}
        </select>
        <select
          aria-label="Outcome"
          data-testid="put-outcome"
          value={wish}
          onChange={(event) => setWish(event.target.value)}
        >
          {Object.keys(STANDS_BY_WISH).map((words) => (
            <option key={words}>{words}</option>
          ))}
        </select>
        <span className="soft">
          Every write that Orrery made or refused, the newest first.
          {puts !== null && ` ${puts.length} shown.`}
        </span>
      </div>
      <Behind />
      <Problem error={error} />
      {error !== null && puts !== null && (
        <p className="soft">What stands below was read before that; newer writes may be missing.</p>
      )}
      {puts === null && error === null && <p role="status">Waiting for the put log…</p>}
      {puts !== null && <Table puts={puts} filtered={filtered} />}
      {puts !== null && puts.length >= most && most < MOST && (
        <button type="button" onClick={() => setMost(Math.min(MOST, most * 2))}>
          Show older ones
        </button>
      )}
    </section>
  );
}

/** The table is filled from a log; while that waits, the newest writes are not in it. */
function Behind() {
  const why = useLive((state) => {
    const room = state.snapshot?.rooms.find((known) => known.room === "put-log");
    return room === undefined || room.status === "UP" ? null : room.detail;
  });
  return why === null ? null : (
    <p className="problem" role="status" data-testid="put-log-behind">
      The newest writes may be missing here: {why}. None is lost; the gate keeps them until then.
    </p>
  );
}

function Table({ puts, filtered }: { puts: Put[]; filtered: boolean }) {
  return (
    <table className="put-log">
      <thead>
        <tr>
          <th>When (wall clock)</th>
          <th>Channel</th>
          <th>Old → new value</th>
          <th>Outcome</th>
          <th>Asked by</th>
          <th>Approved by</th>
          <th>Proposal</th>
        </tr>
      </thead>
      <tbody>
        {puts.length === 0 && (
          <tr>
            <td colSpan={7} className="soft">
              {filtered ? "No write is like that." : "Nothing has been written or refused yet."}
            </td>
          </tr>
        )}
        {puts.map((put) => (
          <Row key={put.command} put={put} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ put }: { put: Put }) {
  const { zone } = useFacility();
  const channel = useChannels().get(put.channel);
  const title = useLive(
    (state) => state.snapshot?.proposals.find((known) => known.id === put.proposal)?.title,
  );
  const stand = standOf(put);
  const outcome = outcomeText(put, channel);
  return (
    <tr data-testid="put-row">
      <td className="when">{fullText(put.attemptedMs ?? put.atMs, zone)}</td>
      <td>
        <a href={`/channels/${put.channel}`} onClick={follow}>
          {channel?.description ?? put.channel}
        </a>{" "}
        <span className="soft">{put.channel}</span>
      </td>
      <td className="exact">
        {put.oldValue === null ? (
          <span className="soft">not attempted</span>
        ) : (
          displayText(channel, put.oldValue, put.unit)
        )}
        <span aria-label="becomes"> → </span>
        <strong>{displayText(channel, put.newValue, put.unit)}</strong>
      </td>
      <td className="text">
        <span className={`mark tone-${stand.tone}`}>
          <Shape tone={stand.tone} /> {stand.words}
        </span>
        {outcome !== "" && `: ${outcome}`}
      </td>
      <td>{put.askedBy}</td>
      <td>{put.approvedBy.length === 0 ? "nobody" : put.approvedBy.join(", ")}</td>
      <td>
        <a href={`/proposals/${put.proposal}`} onClick={follow}>
          {title ?? "proposal"}
        </a>
        , step {put.step + 1}
      </td>
    </tr>
  );
}

/** What was read last for this wish, or null before; an error stands until the next answer. */
function usePuts(
  channel: string,
  stands: Stand[],
  most: number,
): { puts: Put[] | null; error: unknown } {
  const [read, setRead] = useState<{ wish: string; puts: Put[] } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const asked = stands.join(",");
  const wish = `${channel} ${asked}`;
  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      api
        .puts(channel, asked, most)
        .then(
          (answer) => {
            if (!ended) {
              setRead({ wish, puts: answer });
              setError(null);
            }
          },
          (problem: unknown) => {
            if (!ended) {
              setError(problem);
            }
          },
        )
        .finally(() => {
          if (!ended) {
            timer = setTimeout(ask, ASK_EVERY_MS);
          }
        });
    };
    ask();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [channel, asked, most, wish]);
  return { puts: read?.wish === wish ? read.puts : null, error };
}
