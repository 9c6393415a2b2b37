import type { BridgeHealth, BridgeServer, BridgeStage, Link } from "../api/bridge";
import type { Tone } from "./words";

export const LINKS: Link[] = ["CONNECTED", "STALE", "MISMATCH", "DISCONNECTED"];

export const LINK_WORDS: Record<Link, string> = {
  CONNECTED: "connected",
  STALE: "STALE",
  MISMATCH: "NOT AS DESCRIBED",
  DISCONNECTED: "DISCONNECTED",
};

export const LINK_TONES: Record<Link, Tone> = {
  CONNECTED: "good",
  STALE: "care",
  MISMATCH: "care",
  DISCONNECTED: "bad",
};

export function channelsOf(server: BridgeServer): number {
  return LINKS.reduce((sum, link) => sum + server.links[link], 0);
}

/** How a server is, in a word; silence of all that is connected is the worst of connections. */
export function serverState(server: BridgeServer): { tone: Tone; words: string } {
  const all = channelsOf(server);
  if (server.address === "") {
    return { tone: "bad", words: "NOT FOUND" };
  }
  if (server.links.DISCONNECTED === all) {
    return { tone: "bad", words: "DOWN" };
  }
  if (server.links.DISCONNECTED > 0) {
    return { tone: "bad", words: "IN PART DOWN" };
  }
  if (server.links.STALE > 0 || server.links.MISMATCH > 0) {
    return { tone: "care", words: server.links.STALE > 0 ? "IN PART SILENT" : "NOT AS DESCRIBED" };
  }
  return { tone: "good", words: "up" };
}

/** The whole bridge in one sentence. */
export function summary(health: BridgeHealth): { tone: Tone; text: string } {
  const all = health.servers.reduce((sum, server) => sum + channelsOf(server), 0);
  const count = (link: Link): number =>
    health.servers.reduce((sum, server) => sum + server.links[link], 0);
  const wrong = LINKS.filter((link) => link !== "CONNECTED" && count(link) > 0).map(
    (link) => `${count(link)} ${LINK_WORDS[link].toLowerCase()}`,
  );
  const missing = health.stages.filter((stage) => stage.unaccounted !== 0);
  const text =
    `${count("CONNECTED")} of ${all} channels connected` +
    (wrong.length === 0 ? "" : `, ${wrong.join(", ")}`) +
    (missing.length === 0
      ? "; every stage balances"
      : `; samples unaccounted for in ${missing.map((stage) => stage.stage).join(", ")}`);
  const bad = missing.length > 0 || count("DISCONNECTED") > 0;
  return { tone: bad ? "bad" : wrong.length > 0 ? "care" : "good", text };
}

/** "0.3 ms", "25 ms", "1.2 s". */
export function delayText(seconds: number | null): string {
  if (seconds === null) {
    return "–";
  }
  if (seconds < 1) {
    const ms = seconds * 1000;
    return `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
  }
  return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
}

/** A rate that is worth its digits. */
export function rateText(perSecond: number | null): string {
  if (perSecond === null) {
    return "–";
  }
  return perSecond === 0 ? "0" : perSecond < 10 ? perSecond.toFixed(1) : perSecond.toFixed(0);
}

/** Whether a stage balances: what came in is somewhere. */
export function balance(stage: BridgeStage): { tone: Tone; words: string } {
  return stage.unaccounted === 0
    ? { tone: "good", words: "balances" }
    : { tone: "bad", words: `${stage.unaccounted} UNACCOUNTED` };
}

const WAY = ["transport", "gateway", "feed.", "relay.kafka", "archive", "alarms", "relay."];

/** The stages in the order in which samples come by. */
export function onTheWay(stages: BridgeStage[]): BridgeStage[] {
  const place = ({ stage }: BridgeStage): number => {
    const found = WAY.findIndex((name) => stage.startsWith(name));
    return found < 0 ? WAY.length : found;
  };
  return [...stages].sort((a, b) => place(a) - place(b) || a.stage.localeCompare(b.stage));
}
