import { useSyncExternalStore } from "react";
import { type LiveEvent, type LiveState, NOTHING_YET, reduce, STREAM_EVENTS } from "./state";

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;
const WATCH_EVERY_MS = 250;
/** An open connection that says nothing for this long is opened anew. */
const GIVE_UP_AFTER_MS = 10_000;

type Listener = (event: LiveEvent) => void;

/** Keeps the one connection to the live stream and what came over it. */
export class LiveStore {
  private state: LiveState = NOTHING_YET;
  private readonly watchers = new Set<() => void>();
  private readonly listeners = new Set<Listener>();
  private source: EventSource | null = null;
  private openedAt = 0;
  private retryMs = FIRST_RETRY_MS;
  private retryTimer: ReturnType<typeof setTimeout> | null = null;

  start(): void {
    this.connect();
    setInterval(() => this.watch(), WATCH_EVERY_MS);
  }

  readonly get = (): LiveState => this.state;

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** Hands every event on, after the state took it in. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  dispatch(event: LiveEvent): void {
    const before = this.state;
    this.state = reduce(before, event);
    this.listeners.forEach((listener) => listener(event));
    if (this.state !== before) {
      this.watchers.forEach((watcher) => watcher());
    }
  }

  private connect(): void {
    this.retryTimer = null;
    this.openedAt = performance.now();
    const source = new EventSource("/api/v1/stream");
    this.source = source;
    for (const name of STREAM_EVENTS) {
      source.addEventListener(name, (message) => {
        if (this.source === source) {
          this.take(name, message as MessageEvent<string>);
        }
      });
    }
    source.onerror = () => {
      if (this.source === source) {
        this.reconnectLater();
      }
    };
  }

  private take(name: (typeof STREAM_EVENTS)[number], message: MessageEvent<string>): void {
    this.retryMs = FIRST_RETRY_MS;
    const data: unknown = JSON.parse(message.data);
    this.dispatch({ type: name, at: performance.now(), data } as LiveEvent);
  }

  private reconnectLater(): void {
    this.source?.close();
    this.source = null;
    if (this.retryTimer === null) {
      this.dispatch({ type: "disconnected", retryAt: performance.now() + this.retryMs });
      this.retryTimer = setTimeout(() => this.connect(), this.retryMs);
      this.retryMs = Math.min(LONGEST_RETRY_MS, this.retryMs * 2);
    }
  }

  private watch(): void {
    const now = performance.now();
    this.dispatch({ type: "clock", at: now });
    const heard = Math.max(this.openedAt, this.state.link.lastTickAt ?? 0);
    if (this.source !== null && now - heard > GIVE_UP_AFTER_MS) {
      this.reconnectLater();
    }
  }
}

export const live = new LiveStore();

/** A part of the live state; the component draws again only when that part changed. */
export function useLive<T>(select: (state: LiveState) => T): T {
  return useSyncExternalStore(live.subscribe, () => select(live.get()));
}
