import { type SyntheticEvent, useState } from "react";
import { api } from "../../api/client";
import type { About, RestoreListing, SnapshotSummary } from "../../api/types";
import { useChannels } from "../../live/facility";
import { go } from "../../live/router";
import { mayDecide, useUser } from "../../live/session";
import { displayText } from "../../text/quantity";
import { Problem } from "../Problem";

/** What a restore would do, and the way to a proposal. Nothing is written from here. */
export function Restore({ snapshot }: { snapshot: SnapshotSummary }) {
  const [listing, setListing] = useState<RestoreListing | null>(null);
  const [error, setError] = useState<unknown>(null);
  const look = (): void => {
    setError(null);
    api.checkRestore(snapshot.id).then(setListing, setError);
  };
  return (
    <section className="panel" aria-label="Restore">
      <h2>Restore</h2>
      <p className="soft">
        A restore is a proposal: it is rehearsed on the twin, approved by people, written in the
        order of the set, and held at the first write that fails.
      </p>
      <button type="button" data-testid="restore-check" onClick={look}>
        What would a restore do?
      </button>
      <Problem error={error} />
      {listing !== null && <Listing listing={listing} snapshot={snapshot} />}
    </section>
  );
}

function Listing({ listing, snapshot }: { listing: RestoreListing; snapshot: SnapshotSummary }) {
  const channels = useChannels();
  const user = useUser();
  return (
    <>
      <p data-testid="restore-summary">
        <strong>
          {listing.writes.length} {listing.writes.length === 1 ? "write" : "writes"}
        </strong>
        , {listing.same} settings are as they were, {listing.leftOut.length} channels can never be
        restored;{" "}
        {listing.approvalsNeeded === 1
          ? "one expert approves"
          : `${listing.approvalsNeeded} people must approve`}{" "}
        (a rehearsal that fails makes it two).
      </p>
      <Reasons title="Speaks against it" reasons={listing.refusals} open />
      {listing.writes.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>No.</th>
              <th>Stage</th>
              <th>Channel</th>
              <th>Now</th>
              <th>Becomes</th>
            </tr>
          </thead>
          <tbody>
            {listing.writes.map((write, i) => (
              <tr key={write.channel} data-testid="restore-row">
                <td>{i + 1}</td>
                <td>{write.stage}</td>
                <td>
                  {channels.get(write.channel)?.description ?? write.channel}{" "}
                  <span className="soft">{write.channel}</span>
                </td>
                <td className="exact">
                  {displayText(channels.get(write.channel), write.now, write.unit)}
                </td>
                <td className="exact">
                  <strong>
                    {displayText(channels.get(write.channel), write.saved, write.unit)}
                  </strong>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Reasons title="Left out" reasons={listing.leftOut} />
      {mayDecide(user) && listing.writes.length > 0 && (
        <Propose listing={listing} snapshot={snapshot} />
      )}
    </>
  );
}

function Propose({ listing, snapshot }: { listing: RestoreListing; snapshot: SnapshotSummary }) {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<unknown>(null);
  const some = listing.refusals.length > 0;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setError(null);
    const only = some ? listing.writes.map((write) => write.channel) : [];
    api
      .restore(snapshot.id, reason, only)
      .then((proposal) => go(`/proposals/${proposal.id}`), setError);
  };
  return (
    <>
      <form className="ask" onSubmit={submit}>
        <label className="reason-field">
          Why
          <input
            required
            data-testid="restore-reason"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <button type="submit" data-testid="restore-propose">
          {some ? "Propose to restore only these" : "Propose restore"}
        </button>
      </form>
      <Problem error={error} />
    </>
  );
}

function Reasons({
  title,
  reasons,
  open = false,
}: {
  title: string;
  reasons: About[];
  open?: boolean;
}) {
  return reasons.length === 0 ? null : (
    <details open={open} className="reasons">
      <summary>
        {title} ({reasons.length})
      </summary>
      <ul>
        {reasons.map((each, i) => (
          <li key={`${i} ${each.channel}`}>
            <strong>{each.channel}</strong>: {each.why}
          </li>
        ))}
      </ul>
    </details>
  );
}
