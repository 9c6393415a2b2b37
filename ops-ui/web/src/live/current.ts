import { type LiveState } from "./state";
import { useLive } from "./store";

/** Whether what is shown is the present: the page hears Orrery, and Orrery hears the detector. */
export function isCurrent({ link, snapshot }: LiveState): boolean {
  return link.phase !== "STALE" && snapshot?.feed.stale !== true;
}

export function useCurrent(): boolean {
  return useLive(isCurrent);
}
