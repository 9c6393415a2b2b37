import { type MouseEvent, useSyncExternalStore } from "react";

/** The record of decisions, of writes, and of what is reserved. */
export type RecordPart = "audit" | "puts" | "devices";

/** Where the page can be. */
export type Route =
  | { page: "overview" }
  | { page: "alarms" }
  | { page: "record"; part: RecordPart }
  | { page: "bridge" }
  | { page: "drill" }
  | { page: "channels" }
  | { page: "channel"; id: string }
  | { page: "snapshots"; id: string | null }
  | { page: "proposals" }
  | { page: "proposal"; id: string }
  | { page: "unknown"; path: string };

export function routeOf(path: string): Route {
  const [first = "", second] = path
    .split("/")
    .filter((part) => part !== "")
    .map(decodeURIComponent);
  switch (first) {
    case "":
      return { page: "overview" };
    case "alarms":
      return { page: "alarms" };
    case "record":
      return recordRoute(second, path);
    case "bridge":
      return { page: "bridge" };
    case "drill":
      return { page: "drill" };
    case "channels":
      return second === undefined ? { page: "channels" } : { page: "channel", id: second };
    case "snapshots":
      return { page: "snapshots", id: second ?? null };
    case "proposals":
      return second === undefined ? { page: "proposals" } : { page: "proposal", id: second };
    default:
      return { page: "unknown", path };
  }
}

function recordRoute(part: string | undefined, path: string): Route {
  switch (part) {
    case undefined:
      return { page: "record", part: "audit" };
    case "puts":
    case "devices":
      return { page: "record", part };
    default:
      return { page: "unknown", path };
  }
}

const watchers = new Set<() => void>();
let current: { path: string; route: Route } | null = null;

function present(): Route {
  const path = window.location.pathname;
  if (current?.path !== path) {
    current = { path, route: routeOf(path) };
  }
  return current.route;
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  window.addEventListener("popstate", watcher);
  return () => {
    watchers.delete(watcher);
    window.removeEventListener("popstate", watcher);
  };
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, present);
}

export function go(path: string): void {
  window.history.pushState(null, "", path);
  window.scrollTo(0, 0);
  watchers.forEach((watcher) => watcher());
}

/** For a link's click: stays in the page unless the person wants a new tab. */
export function follow(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    go(event.currentTarget.pathname + event.currentTarget.search);
  }
}
