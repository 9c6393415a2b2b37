import { useEffect, useMemo, useState } from "react";
import type { AlignedData } from "uplot";
import type { Alarm, Channel } from "../api/types";
import { api } from "../api/client";
import { AlarmList } from "../components/AlarmList";
import { useChannelPlotOptions, useMode, usePlotBeat } from "../components/ChannelPlot";
import { Plot } from "../components/Plot";
import { Value } from "../components/Value";
import { book } from "../live/book";
import { useChannel, useFacility } from "../live/facility";
import { follow } from "../live/router";
import { WINDOW_MS } from "../live/seriesBook";
import { live, useLive } from "../live/store";
import { limitsIn, numberText, quantityOf, rangeText } from "../text/quantity";
import { fullText } from "../text/time";
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
          <Past channel={channel} windowMs={windowMs} />
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

function Past({ channel, windowMs }: { channel: Channel; windowMs: number }) {
  const beat = usePlotBeat();
  const options = useChannelPlotOptions(channel, windowMs);
  const ready = useLive((state) => state.snapshot !== null);
  const past = useArchived(channel, windowMs);
  const data = (): AlignedData =>
    windowMs === WINDOW_MS ? (book.of(channel).plotData() as AlignedData) : past;
  return ready ? (
    <Plot
      options={options}
      data={data}
      beat={beat}
      label={`${channel.description} over time`}
      testId={`plot-${channel.id}`}
    />
  ) : null;
}

/** A longer past from the archive, with the least and the most of each interval as its band. */
function useArchived(channel: Channel, windowMs: number): AlignedData {
  const [data, setData] = useState<AlignedData>([[], [], [], []]);
  useEffect(() => {
    if (windowMs === WINDOW_MS) {
      return undefined;
    }
    const { factor } = quantityOf(channel);
    const ask = (): void => {
      const nowMs = live.get().snapshot?.plantMs;
      if (nowMs === undefined) {
        return;
      }
      api.history(channel.id, nowMs - windowMs, nowMs, 1_500).then(
        ({ points }) => {
          const scaled = (values: (number | null)[]) =>
            values.map((value) => (value === null ? null : value * factor));
          setData([
            points.map(([t]) => t / 1000),
            scaled(points.map(([, , least]) => least)),
            scaled(points.map(([, , , most]) => most)),
            scaled(points.map(([, v]) => v)),
          ]);
        },
        () => undefined,
      );
    };
    ask();
    const timer = setInterval(ask, 10_000);
    return () => clearInterval(timer);
  }, [channel, windowMs]);
  return data;
}

function Facts({ channel }: { channel: Channel }) {
  const mode = useMode();
  const { zone } = useFacility();
  const t = useLive((state) => state.snapshot?.channels[channel.id]?.t);
  const band = useLive((state) => presentTwin(state.snapshot)?.channels[channel.id]);
  const { factor, unit, decimals } = quantityOf(channel);
  const { lolo, low, high, hihi } = limitsIn(channel, mode);
  const named: [string, number | null][] = [
    ["very low", lolo],
    ["low", low],
    ["high", high],
    ["very high", hihi],
  ];
  const limits = named
    .filter((limit): limit is [string, number] => limit[1] !== null)
    .map(([name, value]) => `${name} ${numberText(value * factor, decimals)}`);
  return (
    <dl className="facts">
      <dt>Read at</dt>
      <dd>{t === undefined ? "–" : `${fullText(t, zone)} plant time`}</dd>
      <dt>Twin expects</dt>
      <dd>
        {band === undefined ? "not modelled" : rangeText(channel, band.low, band.high)}
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
