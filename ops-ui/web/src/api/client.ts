import type { BridgeHealth } from "./bridge";
import type { DryRun, Put } from "./puts";
import type {
  Alarm,
  AuditEntry,
  AuditVerdict,
  CompareWith,
  Comparison,
  DrillDebrief,
  DrillState,
  Facility,
  History,
  Operations,
  Proposal,
  ProposalSummary,
  RestoreListing,
  Session,
  SnapshotSet,
  SnapshotSummary,
  Writing,
} from "./types";

/** What the server says when it does not do what was asked: what, why, and what helps. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly remedy: string,
  ) {
    super(`${title}: ${detail}`);
  }
}

let csrfToken: string | null = null;

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  if (method !== "GET" && csrfToken !== null) {
    headers["X-CSRF-Token"] = csrfToken;
  }
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers,
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError(0, "No answer", "Orrery cannot be reached", "Check that Orrery runs.");
  }
  if (!response.ok) {
    throw await failure(response);
  }
  return (await response.json()) as T;
}

async function failure(response: Response): Promise<ApiError> {
  try {
    const { error } = (await response.json()) as {
      error: { title: string; detail: string; remedy: string };
    };
    return new ApiError(response.status, error.title, error.detail, error.remedy);
  } catch {
    return new ApiError(response.status, "Not served", `HTTP status ${response.status}`, "");
  }
}

/** The page's own token, which the server wants with everything that changes something. */
export function takeToken(session: Session): void {
  csrfToken = session.csrfToken;
}

export const api = {
  session: () => call<Session>("GET", "/session"),
  signIn: (name: string, password: string) => call<Session>("POST", "/session", { name, password }),
  signOut: () => call<Session>("DELETE", "/session"),
  facility: () => call<Facility>("GET", "/facility"),
  history: (channel: string, fromMs: number, toMs: number, points: number) =>
    call<History>(
      "GET",
      `/history?channel=${encodeURIComponent(channel)}&from=${fromMs.toFixed(3)}` +
        `&to=${toMs.toFixed(3)}&points=${points}`,
    ),
  acknowledge: (channel: string, kind: string) =>
    call<Alarm>("POST", "/alarms/ack", { channel, kind }),
  proposals: () => call<ProposalSummary[]>("GET", "/proposals"),
  proposal: (id: string, from?: number) =>
    call<Proposal>(
      "GET",
      `/proposals/${encodeURIComponent(id)}${from === undefined ? "" : `?from=${from}`}`,
    ),
  decide: (id: string, what: "approve" | "reject" | "stop" | "abort" | "rollback", body: unknown) =>
    call<Proposal>("POST", `/proposals/${encodeURIComponent(id)}/${what}`, body),
  dryRun: (id: string) => call<DryRun>("POST", `/proposals/${encodeURIComponent(id)}/dry-run`, {}),
  puts: (channel: string, stands: string, most: number) =>
    call<Put[]>(
      "GET",
      `/puts?most=${most}` +
        (channel === "" ? "" : `&channel=${encodeURIComponent(channel)}`) +
        (stands === "" ? "" : `&stand=${encodeURIComponent(stands)}`),
    ),
  writing: (action: "STOP" | "RELEASE", reason: string) =>
    call<Writing>("POST", "/writing", { action, reason }),
  control: (action: "TAKE" | "FORCE" | "RELEASE") =>
    call<Operations>("POST", "/control", { action }),
  setTagOut: (device: string, reason: string) =>
    call<Operations>("POST", "/tagouts", { device, reason }),
  liftTagOut: (device: string) =>
    call<Operations>("DELETE", `/tagouts/${encodeURIComponent(device)}`),
  lockDevice: (device: string, reason: string, minutes: number) =>
    call<Operations>("POST", "/locks", { device, reason, minutes }),
  unlockDevice: (device: string) =>
    call<Operations>("DELETE", `/locks/${encodeURIComponent(device)}`),
  drill: (what: "start" | "notice" | "diagnosis" | "action" | "end", body: unknown) =>
    call<DrillState>("POST", `/drill/${what}`, body),
  drillDebrief: () => call<DrillDebrief>("GET", "/drill/debrief"),
  snapshots: () => call<SnapshotSummary[]>("GET", "/snapshots"),
  snapshotSets: () => call<SnapshotSet[]>("GET", "/snapshots/sets"),
  saveSnapshot: (wish: { set: string; name: string; comment: string; incomplete: boolean }) =>
    call<SnapshotSummary>("POST", "/snapshots", wish),
  compare: (id: string, against: CompareWith) =>
    call<Comparison>("POST", `/snapshots/${encodeURIComponent(id)}/compare`, against),
  golden: (id: string, mode: string) =>
    call<SnapshotSummary>("POST", `/snapshots/${encodeURIComponent(id)}/golden`, { mode }),
  checkRestore: (id: string) =>
    call<RestoreListing>("POST", `/snapshots/${encodeURIComponent(id)}/restore/check`, {
      reason: "",
    }),
  restore: (id: string, reason: string, channels: string[]) =>
    call<ProposalSummary>("POST", `/snapshots/${encodeURIComponent(id)}/restore`, {
      reason,
      channels,
    }),
  bridge: (find: string, most: number) =>
    call<BridgeHealth>("GET", `/bridge?find=${encodeURIComponent(find)}&most=${most}`),
  audit: (after: number) => call<AuditEntry[]>("GET", `/audit?after=${after}`),
  verifyAudit: () => call<AuditVerdict>("GET", "/audit/verify"),
};
