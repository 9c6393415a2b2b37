import type { Cause, Diagnosis, Evidence } from "../api/types";
import { useChannels, useFacility } from "../live/facility";
import { follow } from "../live/router";
import { capital } from "../text/answers";
import { clockText } from "../text/time";
import { AGREEMENT_WORDS, percentText } from "../text/words";

const KINDS: Record<Cause["hypothesis"]["type"], string> = {
  PLANT_FAULT: "fault of the plant",
  EXTERNAL: "from outside",
  LYING_SENSOR: "a sensor is wrong",
  NONE_OF_THESE: "none of these",
  NOTHING_WRONG: "nothing is wrong",
};

/** The ranked causes with what speaks for and against each. */
export function Diagnosed({ diagnosis, most }: { diagnosis: Diagnosis; most: number }) {
  const { zone } = useFacility();
  const causes = [...diagnosis.causes].sort((a, b) => (b.probability ?? 0) - (a.probability ?? 0));
  const named = causes.slice(0, most);
  const none = causes.find((cause) => cause.hypothesis.type === "NONE_OF_THESE");
  const shown = none === undefined || named.includes(none) ? named : [...named, none];
  const rest = causes.length - shown.length;
  return (
    <div className="diagnosis">
      <p className="alarm-more">
        Began about {clockText(diagnosis.onsetMs, zone)}, diagnosed{" "}
        {clockText(diagnosis.atMs, zone)} plant time, on {percentText(diagnosis.completeness)} of
        the data; {AGREEMENT_WORDS[diagnosis.agreement]}.
      </p>
      <ol className="causes">
        {shown.map((cause, rank) => (
          <CauseRow key={keyOf(cause)} cause={cause} open={rank === 0} />
        ))}
      </ol>
      {rest > 0 && <p className="alarm-more">{rest} less likely causes were weighed as well.</p>}
      {diagnosis.discriminators.length > 0 && (
        <p className="alarm-more">
          <strong>What would tell them apart:</strong> {diagnosis.discriminators.join("; ")}
        </p>
      )}
    </div>
  );
}

function keyOf({ hypothesis }: Cause): string {
  return [hypothesis.type, hypothesis.code, hypothesis.device, hypothesis.channel].join(" ");
}

function CauseRow({ cause, open }: { cause: Cause; open: boolean }) {
  const { hypothesis, probability } = cause;
  const code = hypothesis.code === undefined ? "" : `${hypothesis.code} · `;
  const at = hypothesis.device ?? hypothesis.channel;
  return (
    <li className="cause" data-testid="cause-row">
      <details open={open}>
        <summary>
          <span className="probability">{percentText(probability)}</span>
          <span className="cause-bar" aria-hidden="true">
            <span style={{ width: `${(probability ?? 0) * 100}%` }} />
          </span>
          <span className="cause-title">
            {capital(hypothesis.title)}
            <span className="alarm-more">
              {" "}
              {code}
              {KINDS[hypothesis.type]}
              {at === undefined ? "" : ` · ${at}`}
            </span>
          </span>
        </summary>
        <EvidenceList title="Speaks for it" sign="+" evidence={cause.speaksFor} />
        <EvidenceList title="Speaks against it" sign="−" evidence={cause.speaksAgainst} />
        {cause.speaksFor.length + cause.speaksAgainst.length === 0 && (
          <p className="alarm-more">No single reading decides it.</p>
        )}
      </details>
    </li>
  );
}

export function EvidenceList({
  title,
  sign,
  evidence,
}: {
  title: string;
  sign: string;
  evidence: Evidence[];
}) {
  const channels = useChannels();
  if (evidence.length === 0) {
    return null;
  }
  return (
    <div className="evidence">
      <h4>{title}</h4>
      <ul>
        {evidence.map((item) => (
          <li key={item.channel + item.text}>
            <span aria-hidden="true">{sign}</span>{" "}
            <a href={`/channels/${item.channel}`} onClick={follow}>
              {channels.get(item.channel)?.description ?? item.channel}
            </a>
            : {item.text}
          </li>
        ))}
      </ul>
    </div>
  );
}
