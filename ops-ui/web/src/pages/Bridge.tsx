import { useEffect, useState } from "react";
import { api } from "../api/client";
import type { BridgeHealth } from "../api/bridge";
import { Channels, Servers, Stages } from "../components/bridge/Tables";
import { Problem } from "../components/Problem";
import { Shape } from "../components/Signs";
import { summary } from "../text/bridge";

const ASK_EVERY_MS = 2_000;
const MOST_SHOWN = 100;

/** How the connections to the control system are, and what became of the samples on their way. */
export function Bridge() {
  const [find, setFind] = useState("");
  const { health, error } = useBridge(find);
  if (health === null) {
    return (
      <div className="page broad">
        <h1>Bridge</h1>
        {error === null ? <p role="status">Waiting for the gateway…</p> : <Problem error={error} />}
      </div>
    );
  }
  const said = summary(health);
  return (
    <div className="page broad bridge">
      <div className="page-head">
        <h1>Bridge</h1>
        <span className={`mark tone-${said.tone}`} role="status" data-testid="bridge-summary">
          <Shape tone={said.tone} /> {said.text}
        </span>
      </div>
      {error !== null && (
        <>
          <Problem error={error} />
          <p className="soft">What stands below was true before that.</p>
        </>
      )}
      <Servers health={health} />
      <Channels health={health} find={find} onFind={setFind} />
      <Stages stages={health.stages} />
    </div>
  );
}

function useBridge(find: string): { health: BridgeHealth | null; error: unknown } {
  const [health, setHealth] = useState<BridgeHealth | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      api
        .bridge(find, MOST_SHOWN)
        .then(
          (answer) => {
            if (!ended) {
              setHealth(answer);
              setError(null);
            }
          },
          (problem: unknown) => {
            if (!ended) {
              setError(problem);
            }
          },
        )
        .finally(() => {
          if (!ended) {
            timer = setTimeout(ask, ASK_EVERY_MS);
          }
        });
    };
    ask();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [find]);
  return { health, error };
}
