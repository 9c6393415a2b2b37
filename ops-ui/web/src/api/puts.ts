/** How a write stands. */
export type Stand = "ATTEMPTED" | "CONFIRMED" | "REFUSED" | "UNKNOWN" | "UNKNOWN_FOR_GOOD";

/** One write of the gate, or one that it refused. */
export interface Put {
  command: string;
  proposal: string;
  step: number;
  channel: string;
  /** UCUM code of the values. */
  unit: string;
  /** What the channel showed before; null where nothing was attempted. */
  oldValue: string | null;
  newValue: string;
  askedBy: string;
  approvedBy: string[];
  issuedMs: number;
  /** Null where it was refused. */
  attemptedMs: number | null;
  atMs: number;
  stand: Stand;
  reason: string | null;
  detail: string;
  readback: string | null;
}

/** What the gate would say to each step if the plan were approved and begun now. */
export interface DryRun {
  steps: { step: number; allowed: boolean; reason: string | null; detail: string }[];
}
