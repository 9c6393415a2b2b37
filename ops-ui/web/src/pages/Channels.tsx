import { useMemo, useState } from "react";
import type { Channel } from "../api/types";
import { Value } from "../components/Value";
import { useFacility } from "../live/facility";
import { follow } from "../live/router";
import { useLive } from "../live/store";

/** Every channel, to be found by its name, device or PV; what gives no reading comes first. */
export function Channels() {
  const { channels, subsystems } = useFacility();
  const [wanted, setWanted] = useState("");
  const lost = useLive((state) =>
    channels
      .filter((channel) => (state.snapshot?.channels[channel.id]?.q ?? "DISCONNECTED") !== "GOOD")
      .map((channel) => channel.id)
      .join(" "),
  );
  const shown = useMemo(() => {
    const doubtful = new Set(lost.split(" "));
    const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
    return channels
      .filter((channel) => words.every((word) => textOf(channel).includes(word)))
      .sort((a, b) => Number(doubtful.has(b.id)) - Number(doubtful.has(a.id)));
  }, [channels, wanted, lost]);
  const titles = new Map(subsystems.map((subsystem) => [subsystem.name, subsystem.title]));
  return (
    <div className="page">
      <div className="page-head">
        <h1>Channels</h1>
        <input
          className="filter"
          type="search"
          aria-label="Find a channel"
          placeholder="Find by name, device or PV"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <span className="soft">
          {shown.length} of {channels.length}
        </span>
      </div>
      <table>
        <thead>
          <tr>
            <th>Channel</th>
            <th>Now</th>
            <th>Subsystem</th>
            <th>PV</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((channel) => (
            <tr key={channel.id}>
              <td>
                <a href={`/channels/${channel.id}`} onClick={follow}>
                  {channel.description}
                </a>{" "}
                <span className="soft">{channel.id}</span>
              </td>
              <td>
                <Value id={channel.id} testId={false} />
              </td>
              <td>{titles.get(channel.subsystem) ?? channel.subsystem}</td>
              <td>
                <code>{channel.pv}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function textOf(channel: Channel): string {
  return `${channel.id} ${channel.pv} ${channel.description} ${channel.device}`.toLowerCase();
}
