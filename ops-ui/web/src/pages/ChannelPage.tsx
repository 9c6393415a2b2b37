import { useMemo, useRef, useState } from "react";
import type { AlignedData } from "uplot";
import type { Alarm, Channel, HistoryPoint } from "../api/types";
import { AlarmList } from "../components/AlarmList";
import { useChannelPlotOptions, useMode, usePlotBeat } from "../components/ChannelPlot";
import { CutShort } from "../components/CutShort";
import { Plot } from "../components/Plot";
import { Value } from "../components/Value";
import { useArchived } from "../live/archived";
import { book } from "../live/book";
import { useChannel, useFacility } from "../live/facility";
import { follow } from "../live/router";
import { WINDOW_MS } from "../live/seriesBook";
import { useLive } from "../live/store";
import { bandText, limitsIn, numberText, quantityOf } from "../text/quantity";
import { durationText, fullText } from "../text/time";
import { inOrder } from "../text/alarms";
import { presentTwin } from "../text/twin";

const HOUR = 3_600_000;
const WINDOWS: [string, number][] = [
  ["last hour", HOUR],
  ["6 h", 6 * HOUR],
  ["24 h", 24 * HOUR],
  ["7 d", 168 * HOUR],
];
const NONE: Alarm[] = [];

export function ChannelPage({ id }: { id: string }) {
  const channel = useChannel(id);
  return channel === undefined ? (
    <div className="page">
      <h1>No such channel</h1>
      <p>{id} is not in the facility's description.</p>
    </div>
  ) : (
    <Shown key={id} channel={channel} />
  );
}

function Shown({ channel }: { channel: Channel }) {
  const [windowMs, setWindowMs] = useState(HOUR);
  const numeric = channel.kind === "DOUBLE" || channel.kind === "LONG" || channel.kind === "CHOICE";
  return (
    <div className="channel-page">
      <section className="plot-box" aria-label="Its past">
        {numeric ? (
          <Past channel={channel} windowMs={windowMs} onShow={setWindowMs} />
        ) : (
          <p className="nothing">Values of this kind are not drawn over time.</p>
        )}
      </section>
      <aside className="panel channel-side">
        <h1>{channel.description}</h1>
        <p className="big">
          <Value id={channel.id} />
        </p>
        <div className="choices">
          {WINDOWS.map(([text, ms]) => (
            <button
              key={text}
              type="button"
              aria-pressed={ms === windowMs}
              onClick={() => setWindowMs(ms)}
            >
              {text}
            </button>
          ))}
        </div>
        <Facts channel={channel} />
        <ItsAlarms id={channel.id} />
      </aside>
    </div>
  );
}

function Past({ channel, windowMs, onShow }: PastProps) {
  const beat = usePlotBeat();
  const ready = useLive((state) => state.snapshot !== null);
  const recent = windowMs === WINDOW_MS;
  const [past, restOfPast] = useArchived(channel.id, recent ? 0 : windowMs);
  const hole = recent ? book.of(channel).hole : past.hole;
  const drawn = useRef(hole);
  drawn.current = hole;
  const options = useChannelPlotOptions(channel, windowMs, () => drawn.current);
  const archived = useMemo(() => plotDataOf(past.points, channel), [past, channel]);
  const data = (): AlignedData =>
    recent ? (book.of(channel).plotData() as AlignedData) : archived;
  const shorter = WINDOWS.findLast(([, ms]) => ms < windowMs);
  return ready ? (
    <>
      {hole !== null && (
        <CutShort
          hole={hole}
          onRest={() => (recent ? book.rest(channel) : restOfPast())}
          narrower={
            shorter && { text: durationText(shorter[1]), onShow: () => onShow(shorter[1]) }
          }
          channel={channel.id}
        />
      )}
      <Plot
        options={options}
        data={data}
        beat={beat}
        label={`${channel.description} over time`}
        testId={`plot-${channel.id}`}
      />
    </>
  ) : null;
}

interface PastProps {
  channel: Channel;
  windowMs: number;
  onShow: (windowMs: number) => void;
}

/** With the least and the most of each interval as the band. */
function plotDataOf(points: HistoryPoint[], channel: Channel): AlignedData {
  const { factor } = quantityOf(channel);
  const scaled = (values: (number | null)[]) =>
    values.map((value) => (value === null ? null : value * factor));
  return [
    points.map(([t]) => t / 1000),
    scaled(points.map(([, , least]) => least)),
    scaled(points.map(([, , , most]) => most)),
    scaled(points.map(([, v]) => v)),
  ];
}

function Facts({ channel }: { channel: Channel }) {
  const mode = useMode();
  const { zone } = useFacility();
  const t = useLive((state) => state.snapshot?.channels[channel.id]?.t);
  const band = useLive((state) => presentTwin(state.snapshot)?.channels[channel.id]);
  const { unit } = quantityOf(channel);
  const { lolo, low, high, hihi } = limitsIn(channel, mode);
  const named: [string, number | null][] = [
    ["very low", lolo],
    ["low", low],
    ["high", high],
    ["very high", hihi],
  ];
  const limits = named
    .filter((limit): limit is [string, number] => limit[1] !== null)
    .map(([name, value]) => `${name} ${numberText(channel, value)}`);
  return (
    <dl className="facts">
      <dt>Read at</dt>
      <dd>{t === undefined ? "–" : `${fullText(t, zone)} plant time`}</dd>
      <dt>Twin expects</dt>
      <dd>
        {band === undefined ? "not modelled" : bandText(channel, band)}
      </dd>
      <dt>Alarm limits{mode in channel.limitsByMode ? ` in ${mode.toLowerCase()}` : ""}</dt>
      <dd>
        {limits.length === 0 ? "none" : `${limits.join(", ")} ${unit}`}
      </dd>
      <dt>Channel</dt>
      <dd>{channel.id}</dd>
      <dt>PV</dt>
      <dd>{channel.pv}</dd>
      <dt>Device</dt>
      <dd>{channel.device}</dd>
      <dt>Written</dt>
      <dd>
        {channel.writable ? (
          <>
            only through an approved plan ·{" "}
            <a href={`/record/puts?channel=${encodeURIComponent(channel.id)}`} onClick={follow}>
              every write in the put log
            </a>
          </>
        ) : (
          "never"
        )}
      </dd>
      <dt>Procedures</dt>
      <dd>{channel.procedures.length === 0 ? "none" : channel.procedures.join(", ")}</dd>
    </dl>
  );
}

function ItsAlarms({ id }: { id: string }) {
  const all = useLive((state) => state.snapshot?.alarms ?? NONE);
  const own = useMemo(() => inOrder(all.filter((alarm) => alarm.channel === id)), [all, id]);
  return <AlarmList alarms={own} />;
}
