import { useSyncExternalStore } from "react";
import { api, type ApiError, takeToken } from "../api/client";
import type { Session } from "../api/types";

type User = NonNullable<Session["user"]>;

let user: User | null = null;
const watchers = new Set<() => void>();

/** Counts beginnings and ends of signing in and out. */
let changes = 0;

async function change(asked: Promise<Session>): Promise<void> {
  changes++;
  const answer = await asked;
  changes++;
  set(answer);
}

/** Asks who is signed in; an answer that a change overtook does not count. */
async function refresh(): Promise<void> {
  const before = changes;
  try {
    const answer = await api.session();
    if (changes === before) {
      set(answer);
    }
  } catch {
    // Orrery does not answer: whoever is signed in stays so on this page.
  }
}

function set(session: Session): void {
  takeToken(session);
  user = session.user;
  watchers.forEach((watcher) => watcher());
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Who is signed in at this page. */
export const session = {
  get: (): User | null => user,
  refresh,
  signIn: (name: string, password: string): Promise<void> => change(api.signIn(name, password)),
  signOut: (): Promise<void> => change(api.signOut()),
  /** A refusal may mean that the session ended or changed elsewhere: the page finds out at once. */
  noticed(error: ApiError): void {
    if (error.status === 401 || error.status === 403) {
      void refresh();
    }
  },
};

export function useUser(): User | null {
  return useSyncExternalStore(subscribe, session.get);
}

export function mayDecide(who: User | null): boolean {
  return who !== null && who.roles.includes("EXPERT");
}

/** Who may save snapshots and compare them. */
export function onShift(who: User | null): boolean {
  return who !== null && (who.roles.includes("SHIFTER") || who.roles.includes("EXPERT"));
}
