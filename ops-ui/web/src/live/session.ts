import { useSyncExternalStore } from "react";
import { api, type ApiError } from "../api/client";
import type { Session } from "../api/types";

type User = NonNullable<Session["user"]>;

let user: User | null = null;
const watchers = new Set<() => void>();

function set(session: Session): void {
  user = session.user;
  watchers.forEach((watcher) => watcher());
}

/** Who is signed in at this page. */
export const session = {
  get: (): User | null => user,
  refresh: (): Promise<void> => api.session().then(set, () => undefined),
  signIn: (name: string, password: string): Promise<void> => api.signIn(name, password).then(set),
  signOut: (): Promise<void> => api.signOut().then(set),
  /** An answer "not signed in" means that the session ended: the page says so at once. */
  noticed(error: ApiError): void {
    if (error.status === 401) {
      void session.refresh();
    }
  },
};

export function useUser(): User | null {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, session.get);
}

export function mayDecide(who: User | null): boolean {
  return who !== null && who.roles.includes("EXPERT");
}
