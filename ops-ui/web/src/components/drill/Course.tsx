import type { DrillEntry } from "../../api/types";
import { useChannel } from "../../live/facility";
import { afterStart, KIND_WORDS, side } from "../../text/drill";

/** Lines of a drill's record, each with its time after the start. */
export function Course({ entries, startMs }: { entries: DrillEntry[]; startMs: number }) {
  if (entries.length === 0) {
    return <p className="nothing">Nothing yet.</p>;
  }
  return (
    <ol className="course" data-testid="drill-course">
      {entries.map((entry, i) => (
        <li key={`${entry.atMs}-${entry.kind}-${i}`} className={`course-${side(entry.kind)}`}>
          <span className="course-time">{afterStart(entry.atMs, startMs)}</span>
          <span className="course-kind">{KIND_WORDS[entry.kind]}</span>
          <span className="course-text">
            <Where entry={entry} />
            {entry.text}
            <Verdict entry={entry} />
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Alarms are about a channel. */
function Where({ entry }: { entry: DrillEntry }) {
  const channel = useChannel(entry.subject);
  return channel === undefined ||
    (entry.kind !== "ALARM" && entry.kind !== "ACKNOWLEDGED") ? null : (
    <>{channel.description}: </>
  );
}

function Verdict({ entry }: { entry: DrillEntry }) {
  switch (entry.verdict) {
    case "RIGHT":
      return <span className="mark tone-good"> ✓ right</span>;
    case "WRONG":
      return <span className="mark tone-bad"> ✕ wrong</span>;
    case "NEUTRAL":
      return null;
  }
}
