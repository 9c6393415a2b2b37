import type { Put, Stand } from "../api/puts";
import type { Channel } from "../api/types";
import { displayText } from "./quantity";
import { OUTCOME_WORDS, reasonWords, type Tone } from "./words";

/** What a person asks the put log for, and how writes stand that answer to it. */
export const STANDS_BY_WISH: Record<string, Stand[]> = {
  "every outcome": [],
  confirmed: ["CONFIRMED"],
  refused: ["REFUSED"],
  "not confirmed": ["ATTEMPTED", "UNKNOWN", "UNKNOWN_FOR_GOOD"],
};

const STANDS: Record<Stand, { tone: Tone; words: string }> = {
  ATTEMPTED: { tone: "act", words: "Being written" },
  CONFIRMED: { tone: "good", words: OUTCOME_WORDS.CONFIRMED },
  REFUSED: { tone: "bad", words: OUTCOME_WORDS.REFUSED },
  UNKNOWN: { tone: "unknown", words: "Not confirmed yet, is read back" },
  UNKNOWN_FOR_GOOD: { tone: "unknown", words: "Not known, look at the device" },
};

export function standOf(put: Put): { tone: Tone; words: string } {
  return STANDS[put.stand];
}

/** Why it was refused or is not known, or what was read back; empty while it is being written. */
export function outcomeText(put: Put, channel: Channel | undefined): string {
  if (put.readback !== null) {
    return `read back ${displayText(channel, put.readback, put.unit)}`;
  }
  return [put.reason === null ? "" : reasonWords(put.reason), put.detail]
    .filter((text) => text !== "")
    .join(": ");
}
