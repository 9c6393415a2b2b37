import { memo } from "react";
import type { Subsystem } from "../api/types";
import { useChannels, useFacility } from "../live/facility";
import { follow } from "../live/router";
import { useLive } from "../live/store";
import { isActive } from "../text/alarms";
import type { Tone } from "../text/words";
import { Shape } from "./Signs";
import { Value } from "./Value";

/** One card per subsystem: its state in a word and a shape, and its headline values. */
export function Subsystems() {
  const { subsystems } = useFacility();
  return (
    <section className="cards" aria-label="Subsystems">
      {subsystems.map((subsystem) => (
        <Card key={subsystem.name} subsystem={subsystem} />
      ))}
    </section>
  );
}

interface Standing {
  tone: Tone;
  words: string;
}

const Card = memo(function Card({ subsystem }: { subsystem: Subsystem }) {
  const channels = useChannels();
  const key = useLive((state) => {
    const { snapshot } = state;
    if (snapshot === null) {
      return "unknown|no data yet";
    }
    if (state.link.phase === "STALE") {
      return `unknown|${state.link.silentForS} s old`;
    }
    if (snapshot.feed.stale) {
      return "unknown|STALE";
    }
    const alarms = snapshot.alarms.filter((a) => a.subsystem === subsystem.name && isActive(a));
    const lost = [...channels.values()].filter(
      (channel) =>
        channel.subsystem === subsystem.name &&
        ["DISCONNECTED", "STALE"].includes(snapshot.channels[channel.id]?.q ?? "DISCONNECTED"),
    ).length;
    const standing = standingOf(
      alarms.length,
      alarms.some((a) => a.priority === "HIGH" || a.priority === "CRITICAL"),
      lost,
    );
    return `${standing.tone}|${standing.words}`;
  });
  const [tone, words] = key.split("|") as [Tone, string];
  return (
    <article className={`card tone-edge-${tone}`}>
      <h3>
        {subsystem.title}
        <span className={`mark tone-${tone}`}>
          <Shape tone={tone} /> {words}
        </span>
      </h3>
      <dl>
        {subsystem.headline.map((id) => (
          <div key={id}>
            <dt>
              <a
                href={`/channels/${id}`}
                onClick={follow}
                title={channels.get(id)?.description ?? id}
              >
                {channels.get(id)?.description ?? id}
              </a>
            </dt>
            <dd>
              <Value id={id} />
            </dd>
          </div>
        ))}
      </dl>
    </article>
  );
});

function standingOf(alarms: number, serious: boolean, lost: number): Standing {
  if (alarms > 0) {
    return { tone: serious ? "bad" : "care", words: alarms === 1 ? "1 alarm" : `${alarms} alarms` };
  }
  return lost > 0 ? { tone: "unknown", words: `${lost} not heard` } : { tone: "good", words: "OK" };
}
