import { memo } from "react";
import type { Reading } from "../api/types";
import { useChannel, useFacility } from "../live/facility";
import { useCurrent } from "../live/current";
import { useLive } from "../live/store";
import { quantityOf, valueText } from "../text/quantity";
import { clockText, durationText } from "../text/time";
import { QUALITY_WORDS, SEVERITY_WORDS } from "../text/words";
import { severityTone, Shape } from "./Signs";

/** The present value of a channel; never without a mark when it is not to be trusted. */
export const Value = memo(function Value({ id, testId = true }: { id: string; testId?: boolean }) {
  const channel = useChannel(id);
  const reading = useLive((state) => state.snapshot?.channels[id]);
  const current = useCurrent();
  const unit =
    channel?.kind === "DOUBLE" || channel?.kind === "LONG" ? quantityOf(channel).unit : "";
  const trusted = reading !== undefined && reading.q === "GOOD" && current;
  return (
    <span
      className={`value ${trusted ? "" : "untrusted"}`}
      {...(testId ? { "data-testid": `value-${id}` } : {})}
    >
      <span className="value-text">{valueText(channel, reading)}</span>
      {unit !== "" && <span className="value-unit">{unit}</span>}
      <Doubt reading={reading} current={current} />
    </span>
  );
});

function Doubt({ reading, current }: { reading: Reading | undefined; current: boolean }) {
  const { zone } = useFacility();
  if (reading === undefined) {
    return <span className="doubt">not heard yet</span>;
  }
  if (reading.q !== "GOOD") {
    return (
      <span className="doubt">
        <Shape tone="unknown" /> {QUALITY_WORDS[reading.q]} <Age sinceMs={reading.t} />
      </span>
    );
  }
  if (!current) {
    return (
      <span className="doubt">
        <Shape tone="unknown" /> {QUALITY_WORDS.STALE}, of {clockText(reading.t, zone)}
      </span>
    );
  }
  if (reading.s === "NONE") {
    return null;
  }
  const tone = severityTone(reading.s);
  return (
    <span className={`doubt tone-${tone}`}>
      <Shape tone={tone} /> {SEVERITY_WORDS[reading.s]}
    </span>
  );
}

/** How long ago in plant time, to the second. */
export function Age({ sinceMs }: { sinceMs: number }) {
  const seconds = useLive((state) =>
    state.snapshot === null ? 0 : Math.floor((state.snapshot.plantMs - sinceMs) / 1000),
  );
  return <>{durationText(seconds * 1000)} ago</>;
}
