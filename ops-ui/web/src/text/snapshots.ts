import type { DifferenceKind, SnapshotSummary } from "../api/types";

export const DIFFERENCE_WORDS: Record<DifferenceKind, string> = {
  VALUE: "differs",
  UNIT: "not comparable",
  BAD: "not to be relied on",
  STALE: "stale",
  NOT_CONNECTED: "not connected",
  MISSING: "missing",
};

/** How complete a snapshot is, in words. */
export function completeText(snapshot: SnapshotSummary): string {
  const troubles = [
    snapshot.notGood > 0 ? `${snapshot.notGood} not to be relied on` : "",
    snapshot.missing > 0 ? `${snapshot.missing} missing` : "",
  ].filter((text) => text !== "");
  return troubles.length === 0
    ? `${snapshot.channels}, complete`
    : `${snapshot.channels}, ${troubles.join(", ")}`;
}

/** What a snapshot is golden for, in words. */
export function goldenTexts(snapshot: SnapshotSummary): string[] {
  return snapshot.golden.map((mark) =>
    mark.agreedBy === null
      ? `☆ for ${mark.mode}: ${mark.proposedBy} says so, a second expert is needed`
      : `${mark.current ? "★ golden for" : "☆ was golden for"} ${mark.mode} (${mark.proposedBy}, ${mark.agreedBy})`,
  );
}
