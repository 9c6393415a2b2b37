import type { Loss } from "./types";

/** The state of a channel's connection. */
export type Link = "CONNECTED" | "STALE" | "MISMATCH" | "DISCONNECTED";

/** What went over connections since the start. */
export interface Traffic {
  updates: number;
  perSecond: number | null;
  lost: number;
  disconnections: number;
  /** When the last update came, plant time; null before the first. */
  heardMs: number | null;
}

export interface BridgeServer extends Traffic {
  /** Empty for the channels that no server was ever found for. */
  address: string;
  links: Record<Link, number>;
  delayP50S: number | null;
  delayP99S: number | null;
}

export interface BridgeChannel extends Traffic {
  channel: string;
  link: Link;
  detail: string;
  sinceMs: number;
  server: string;
}

export interface BridgeStage extends Loss {
  unaccounted: number;
  /** The stage of which this one takes all, and how many of its samples are not here yet. */
  before: string | null;
  between: number | null;
}

export interface BridgeHealth {
  atMs: number;
  servers: BridgeServer[];
  matching: number;
  channels: BridgeChannel[];
  stages: BridgeStage[];
}
