// What a running Orrery answered, shortened: the page's types are held to these files.
import type {
  AuditEntry,
  Channel,
  Facility,
  History,
  Proposal,
  Reading,
  Snapshot,
} from "../api/types";
import auditJson from "./audit.json";
import facilityJson from "./facility.json";
import historyJson from "./history.json";
import faultJson from "./overview-fault.json";
import verifiedOverviewJson from "./overview-verified.json";
import awaitingJson from "./proposal-awaiting.json";
import verifiedJson from "./proposal-verified.json";

export const facility = facilityJson as unknown as Facility;
export const fault = faultJson as unknown as Snapshot;
export const remedied = verifiedOverviewJson as unknown as Snapshot;
export const awaiting = awaitingJson as unknown as Proposal;
export const verified = verifiedJson as unknown as Proposal;
export const history = historyJson as unknown as History;
export const audit = auditJson as unknown as AuditEntry[];

export function channel(id: string): Channel {
  const found = facility.channels.find((known) => known.id === id);
  if (found === undefined) {
    throw new Error(`the fixture has no channel ${id}`);
  }
  return found;
}

export function reading(v: Reading["v"], more: Partial<Reading> = {}): Reading {
  return { v, d: String(v), s: "NONE", q: "GOOD", t: 0, ...more };
}

/** The detector in health: the fixture's readings without the trouble. */
export const healthy: Snapshot = {
  ...fault,
  alarms: [],
  findings: [],
  diagnosis: null,
  proposals: [],
};
