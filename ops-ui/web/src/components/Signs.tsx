import type { Severity } from "../api/types";
import { SEVERITY_WORDS, type Tone } from "../text/words";

const TONE_SHAPES: Record<Tone, string> = {
  good: "●",
  calm: "○",
  act: "▶",
  care: "◆",
  bad: "▲",
  unknown: "?",
};

/** A shape of its own for each tone, so that colour is never the only sign. */
export function Shape({ tone }: { tone: Tone }) {
  return (
    <span className={`shape tone-${tone}`} aria-hidden="true">
      {TONE_SHAPES[tone]}
    </span>
  );
}

export function severityTone(severity: Severity): Tone {
  switch (severity) {
    case "NONE":
      return "good";
    case "MINOR":
      return "care";
    case "MAJOR":
      return "bad";
    case "INVALID":
      return "unknown";
  }
}

export function SeverityMark({ severity }: { severity: Severity }) {
  const tone = severityTone(severity);
  return (
    <span className={`mark tone-${tone}`}>
      <Shape tone={tone} /> {SEVERITY_WORDS[severity]}
    </span>
  );
}
