import { useEffect, useState } from "react";
import { api } from "../api/client";
import type { AuditEntry, AuditVerdict } from "../api/types";
import { Problem } from "../components/Problem";
import { Shape } from "../components/Signs";
import { Locks } from "../components/Locks";
import { TagOuts } from "../components/TagOuts";
import { useFacility } from "../live/facility";
import { follow, type RecordPart } from "../live/router";
import { fullText } from "../text/time";
import { PutLog } from "./PutLog";

const ASK_EVERY_MS = 3_000;
const MOST_SHOWN = 300;
/** The server answers in pages; a full one means that there may be more. */
const A_PAGE = 500;

const PARTS: { part: RecordPart; href: string; text: string }[] = [
  { part: "audit", href: "/record", text: "Who did what" },
  { part: "puts", href: "/record/puts", text: "Put log" },
  { part: "devices", href: "/record/devices", text: "Tag-outs and reservations" },
];

export function Record({ part }: { part: RecordPart }) {
  return (
    <div className="page broad">
      <div className="page-head">
        <h1>Record</h1>
        <nav className="parts" aria-label="Parts of the record">
          {PARTS.map((each) => (
            <a
              key={each.part}
              href={each.href}
              onClick={follow}
              className={each.part === part ? "here" : ""}
              aria-current={each.part === part ? "page" : undefined}
            >
              {each.text}
            </a>
          ))}
        </nav>
        {part === "audit" && <Verify />}
      </div>
      <Part part={part} />
    </div>
  );
}

function Part({ part }: { part: RecordPart }) {
  switch (part) {
    case "audit":
      return <Chain />;
    case "puts":
      return <PutLog />;
    case "devices":
      return (
        <>
          <TagOuts />
          <Locks />
        </>
      );
  }
}

/** Has the server walk the whole chain of hashes. */
function Verify() {
  const [verdict, setVerdict] = useState<AuditVerdict | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const verify = (): void => {
    setBusy(true);
    setError(null);
    setVerdict(null);
    api
      .verifyAudit()
      .then(setVerdict, setError)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <button type="button" data-testid="verify-audit" disabled={busy} onClick={verify}>
        Verify the whole chain
      </button>
      {verdict !== null && (
        <span
          className={`mark ${verdict.intact ? "tone-good" : "tone-bad"}`}
          role="status"
          data-testid="audit-verdict"
        >
          <Shape tone={verdict.intact ? "good" : "bad"} />{" "}
          {verdict.intact
            ? `Intact: ${verdict.entries} entries, each bound to the one before`
            : `BROKEN at entry ${verdict.sequence}: ${verdict.why}`}
        </span>
      )}
      <Problem error={error} />
    </>
  );
}

function Chain() {
  const { zone } = useFacility();
  const { entries, error } = useAudit();
  const [about, setAbout] = useState(
    new URLSearchParams(window.location.search).get("about") ?? "",
  );
  const shown = entries.filter(
    (entry) => about === "" || Object.values(entry).some((text) => String(text).includes(about)),
  );
  return (
    <section className="panel" aria-label="Audit chain">
      <Problem error={error} />
      <div className="page-head">
        <input
          className="filter"
          type="search"
          aria-label="Find in the record"
          placeholder="Find a person, channel, proposal…"
          value={about}
          onChange={(event) => setAbout(event.target.value)}
        />
        <span className="soft">
          {shown.length} of {entries.length} entries
        </span>
      </div>
      <table>
        <thead>
          <tr>
            <th>No.</th>
            <th>When (wall clock)</th>
            <th>Who</th>
            <th>What</th>
            <th>About</th>
            <th>Content</th>
            <th>Hash</th>
          </tr>
        </thead>
        <tbody>
          {shown.length === 0 && (
            <tr>
              <td colSpan={7} className="soft">
                Nothing of this is on record.
              </td>
            </tr>
          )}
          {shown
            .slice(-MOST_SHOWN)
            .reverse()
            .map((entry) => (
              <tr key={entry.sequence} data-testid="audit-row">
                <td>{entry.sequence}</td>
                <td className="when">{fullText(entry.atMs, zone)}</td>
                <td>{entry.actor}</td>
                <td>{entry.action}</td>
                <td className="text">
                  {entry.action.startsWith("proposal.") ? (
                    <a href={`/proposals/${entry.subject}`} onClick={follow}>
                      {entry.subject}
                    </a>
                  ) : (
                    entry.subject
                  )}
                </td>
                <td className="text">
                  <Content text={entry.content} />
                </td>
                <td title={entry.hash}>
                  <code>{entry.hash.slice(0, 10)}…</code>
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

function Content({ text }: { text: string }) {
  return text.length <= 120 ? (
    <code>{text}</code>
  ) : (
    <details>
      <summary>
        <code>{text.slice(0, 110)}…</code>
      </summary>
      <code>{text}</code>
    </details>
  );
}

/** Follows the chain: only what came after what is known already is asked for. */
function useAudit(): { entries: AuditEntry[]; error: unknown } {
  const [entries, setEntries] = useState<AuditEntry[]>([]);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let ended = false;
    let known = 0;
    let caughtUp = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      api
        .audit(known)
        .then(
          (more) => {
            if (!ended) {
              setError(null);
              known = more.at(-1)?.sequence ?? known;
              caughtUp = more.length < A_PAGE;
              setEntries((before) => (more.length === 0 ? before : [...before, ...more]));
            }
          },
          (problem: unknown) => {
            caughtUp = true;
            setError(problem);
          },
        )
        .finally(() => {
          if (!ended) {
            timer = setTimeout(ask, caughtUp ? ASK_EVERY_MS : 0);
          }
        });
    };
    ask();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, []);
  return { entries, error };
}
