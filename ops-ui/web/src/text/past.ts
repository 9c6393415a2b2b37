import type { Hole } from "../live/past";
import { clockText, dayText, offsetText } from "./time";

/** "from 03:12:05 to 09:00:00", with the days where there are two of them. */
export function missingText({ fromMs, toMs }: Hole, zone: string): string {
  const days = dayText(fromMs, zone) !== dayText(toMs, zone);
  const text = (ms: number): string =>
    days ? `${dayText(ms, zone)} ${clockText(ms, zone)}` : clockText(ms, zone);
  return `from ${text(fromMs)} to ${text(toMs)} ${offsetText(toMs, zone)}`;
}
