import { useState } from "react";
import { useFacility } from "../live/facility";
import type { Hole } from "../live/past";
import { capital } from "../text/answers";
import { missingText } from "../text/past";
import { fullText, minuteText } from "../text/time";
import { Problem } from "./Problem";
import { Shape } from "./Signs";

interface Props {
  hole: Hole;
  /** Fetches what follows; rejects where that does not work. */
  onRest: () => Promise<unknown>;
  /** Shows less time, up to now. */
  narrower?: { text: string; onShow: () => void } | undefined;
  /** Of which channel a file with all samples is offered. */
  channel?: string;
}

/** Says that a past was cut, up to when it reaches, and what one can do about it. */
export function CutShort({ hole, onRest, narrower, channel }: Props) {
  const { zone } = useFacility();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const rest = (): void => {
    setBusy(true);
    setError(null);
    onRest()
      .then(() => undefined, setError)
      .finally(() => setBusy(false));
  };
  return (
    <div className="cut-short tone-edge-care" role="status" data-testid="cut-short">
      <p>
        <strong className="tone-care">
          <Shape tone="care" /> Cut short: reaches only to {fullText(hole.fromMs, zone)}.
        </strong>{" "}
        More was recorded than one answer can hold. {capital(missingText(hole, zone))} the
        measurement is not drawn here; that does not mean that nothing happened.
      </p>
      <p className="cut-ways">
        <button type="button" data-testid="cut-rest" disabled={busy} onClick={rest}>
          {busy ? "Fetching…" : "Fetch what follows"}
        </button>
        {narrower !== undefined && (
          <button type="button" data-testid="cut-narrower" onClick={narrower.onShow}>
            Show only the last {narrower.text}
          </button>
        )}
        {channel !== undefined && (
          <a data-testid="cut-file" href={exportAddress(channel, hole)} download>
            Save the missing samples as a file (CSV)
          </a>
        )}
      </p>
      <Problem error={error} />
    </div>
  );
}

/** The same in a few words, for small plots. */
export function CutMark({ hole }: { hole: Hole }) {
  const { zone } = useFacility();
  return (
    <span
      className="cut-mark tone-care"
      data-testid="cut-mark"
      title={`More was recorded than one answer can hold: ${missingText(hole, zone)} the measurement is not drawn. Open the channel to fetch it.`}
    >
      <Shape tone="care" /> cut at {minuteText(hole.fromMs, zone)}
    </span>
  );
}

/** The export gives everything, page by page. */
function exportAddress(channel: string, { fromMs, toMs }: Hole): string {
  return (
    `/api/v1/archive/export?channels=${encodeURIComponent(channel)}` +
    `&from=${fromMs.toFixed(3)}&to=${toMs.toFixed(3)}`
  );
}
