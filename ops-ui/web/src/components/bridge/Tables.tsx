import type { BridgeChannel, BridgeHealth, BridgeServer, BridgeStage } from "../../api/bridge";
import { useFacility } from "../../live/facility";
import { follow } from "../../live/router";
import {
  LINK_TONES,
  LINK_WORDS,
  balance,
  channelsOf,
  delayText,
  onTheWay,
  rateText,
  serverState,
} from "../../text/bridge";
import { durationText } from "../../text/time";
import type { Tone } from "../../text/words";
import { Shape } from "../Signs";

/** Every server with its channels and what came from it. */
export function Servers({ health }: { health: BridgeHealth }) {
  return (
    <section className="panel" aria-label="Servers">
      <h2>Servers (IOCs)</h2>
      <table>
        <thead>
          <tr>
            <th>State</th>
            <th>Server</th>
            <th className="figure">Connected</th>
            <th className="figure">Stale</th>
            <th className="figure">Not as described</th>
            <th className="figure">Disconnected</th>
            <th className="figure">Updates/s</th>
            <th
              className="figure"
              title="updates that the server itself had merged before they came, at least"
            >
              Lost
            </th>
            <th className="figure">Disconnections</th>
            <th className="figure" title="from time stamp to receipt, both clocks included">
              Delay, median
            </th>
            <th className="figure">Delay, 99 %</th>
            <th className="figure">Heard (plant time)</th>
          </tr>
        </thead>
        <tbody>
          {health.servers.map((server) => (
            <Server key={server.address} server={server} atMs={health.atMs} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Server({ server, atMs }: { server: BridgeServer; atMs: number }) {
  const state = serverState(server);
  return (
    <tr data-testid="bridge-server">
      <td>
        <Mark tone={state.tone} words={state.words} />
      </td>
      <td>
        {server.address === "" ? (
          "no server found"
        ) : (
          <code data-testid="bridge-address">{server.address}</code>
        )}
      </td>
      <td className="figure">
        {server.links.CONNECTED}
        <span className="soft"> of {channelsOf(server)}</span>
      </td>
      <Count value={server.links.STALE} />
      <Count value={server.links.MISMATCH} />
      <Count value={server.links.DISCONNECTED} />
      <td className="figure">{rateText(server.perSecond)}</td>
      <Count value={server.lost} />
      <Count value={server.disconnections} />
      <td className="figure">{delayText(server.delayP50S)}</td>
      <td className="figure">{delayText(server.delayP99S)}</td>
      <td className="figure">{agoText(server.heardMs, atMs)}</td>
    </tr>
  );
}

/** The worst channels, or those that somebody looks for. */
export function Channels({
  health,
  find,
  onFind,
}: {
  health: BridgeHealth;
  find: string;
  onFind: (words: string) => void;
}) {
  return (
    <section className="panel" aria-label="Channels">
      <div className="page-head">
        <h2>Channels, the worst first</h2>
        <input
          className="filter"
          type="search"
          aria-label="Find a channel"
          placeholder="Find by name, PV, server or state"
          value={find}
          onChange={(event) => onFind(event.target.value)}
        />
        <span className="soft" data-testid="bridge-matching">
          {health.channels.length} of {health.matching}
        </span>
      </div>
      <table>
        <thead>
          <tr>
            <th>State</th>
            <th>Channel</th>
            <th>PV</th>
            <th>Server</th>
            <th className="figure">Since</th>
            <th className="figure">Heard</th>
            <th className="figure">Updates/s</th>
            <th className="figure">Lost</th>
            <th className="figure">Disconnections</th>
            <th>Why</th>
          </tr>
        </thead>
        <tbody>
          {health.channels.length === 0 && (
            <tr>
              <td colSpan={10} className="soft">
                No channel is like that.
              </td>
            </tr>
          )}
          {health.channels.map((channel) => (
            <Channel key={channel.channel} channel={channel} atMs={health.atMs} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Channel({ channel, atMs }: { channel: BridgeChannel; atMs: number }) {
  const { channels } = useFacility();
  return (
    <tr data-testid="bridge-channel">
      <td>
        <Mark tone={LINK_TONES[channel.link]} words={LINK_WORDS[channel.link]} />
      </td>
      <td>
        <a href={`/channels/${channel.channel}`} onClick={follow}>
          {channel.channel}
        </a>
      </td>
      <td>
        <code>{channels.find((known) => known.id === channel.channel)?.pv}</code>
      </td>
      <td>
        <code>{channel.server}</code>
      </td>
      <td className="figure">{durationText(atMs - channel.sinceMs)}</td>
      <td className="figure">{agoText(channel.heardMs, atMs)}</td>
      <td className="figure">{rateText(channel.perSecond)}</td>
      <Count value={channel.lost} />
      <Count value={channel.disconnections} />
      <td>{channel.detail}</td>
    </tr>
  );
}

/** What each stage did with its samples, so that one sees whether it adds up. */
export function Stages({ stages }: { stages: BridgeStage[] }) {
  return (
    <section className="panel" aria-label="Stages">
      <h2>The way of the samples since the start</h2>
      <p className="soft">
        In each stage, in = out + thinned + dropped + waiting. Late ones are counted within out.
      </p>
      <table>
        <thead>
          <tr>
            <th>Stage</th>
            <th className="figure">In</th>
            <th className="figure">= Out</th>
            <th className="figure">+ Thinned</th>
            <th className="figure">+ Dropped</th>
            <th className="figure">+ Waiting</th>
            <th>Sum</th>
            <th className="figure">Late</th>
            <th>Beside the stage before</th>
          </tr>
        </thead>
        <tbody>
          {onTheWay(stages).map((stage) => (
            <Stage key={stage.stage} stage={stage} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Stage({ stage }: { stage: BridgeStage }) {
  const sum = balance(stage);
  return (
    <tr data-testid="bridge-stage">
      <td>
        <code>{stage.stage}</code>
      </td>
      <td className="figure">{stage.in}</td>
      <td className="figure">{stage.out}</td>
      <Count value={stage.squashed} />
      <Count value={stage.dropped} />
      <td className="figure">{stage.pending}</td>
      <td>
        <Mark tone={sum.tone} words={sum.words} />
      </td>
      <Count value={stage.late} />
      <td className="soft">{beside(stage)}</td>
    </tr>
  );
}

function beside({ before, between }: BridgeStage): string {
  if (before === null || between === null) {
    return "";
  }
  if (between === 0) {
    return `all of ${before}`;
  }
  return between > 0
    ? `${between} of ${before} on their way`
    : `${-between} more than ${before}: counted later, made here, or left by an earlier run`;
}

function Mark({ tone, words }: { tone: Tone; words: string }) {
  return (
    <span className={`mark tone-${tone}`}>
      <Shape tone={tone} /> {words}
    </span>
  );
}

/** A count of what should not be: loud unless it is nought. */
function Count({ value }: { value: number }) {
  return <td className={value === 0 ? "figure soft" : "figure off"}>{value}</td>;
}

function agoText(heardMs: number | null, atMs: number): string {
  return heardMs === null ? "never" : `${durationText(atMs - heardMs)} ago`;
}
