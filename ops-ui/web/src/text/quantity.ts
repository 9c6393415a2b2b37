import type { Channel, Limits, Reading } from "../api/types";

/** How a channel's numbers look on screen: what they are multiplied by, their unit, decimals. */
export interface Quantity {
  factor: number;
  unit: string;
  decimals: number | null;
}

const PLAIN_UNITS: Record<string, string> = {
  "1": "",
  Cel: "°C",
  uA: "µA",
  us: "µs",
  "{e}": "e⁻",
  "e-": "e⁻",
  "e- RMS": "e⁻ RMS",
  "[arb'U]": "a.u.",
  "[ppb]": "ppb",
  "[ppm]": "ppm",
  "/h": "1/h",
  "10*6": "×10⁶",
  "1e6": "×10⁶",
  "10*3.{e}/cm": "ke/cm",
};

/** Pressures say whether they are absolute or gauge; everything else keeps the site's own unit. */
export function quantityOf(channel: Pick<Channel, "unit" | "egu"> | undefined): Quantity {
  if (channel === undefined) {
    return { factor: 1, unit: "", decimals: null };
  }
  if (channel.egu === "mbar(a)") {
    return { factor: 0.001, unit: "bar(a)", decimals: 3 };
  }
  if (channel.egu === "mbarg") {
    return { factor: 1, unit: "mbarg", decimals: 1 };
  }
  const unit = channel.egu === "" ? channel.unit : channel.egu;
  return { factor: 1, unit: PLAIN_UNITS[unit] ?? unit, decimals: null };
}

/** Up to four significant digits and no more than the number has: limits and set points. */
export function numberText(value: number, decimals: number | null = null): string {
  if (!Number.isFinite(value)) {
    return "–";
  }
  if (decimals !== null) {
    return unsigned(value.toFixed(decimals));
  }
  const size = Math.abs(value);
  if (size >= 1e7) {
    return value.toExponential(2);
  }
  return size >= 1_000 ? value.toFixed(0) : unsigned(String(Number(value.toPrecision(4))));
}

/** No "-0.00": a sensor's noise around zero has no sign worth reading. */
function unsigned(text: string): string {
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/**
 * Decimals of a measured value, fixed by the size of the channel's limits where it has some, so
 * that neither the width of the text nor its precision jumps when a value falls to zero.
 */
function steadyDecimals(channel: Channel | undefined, value: number): number {
  const limits =
    channel === undefined
      ? []
      : [channel.limits, ...Object.values(channel.limitsByMode)].flatMap((l) => Object.values(l));
  const known = limits.filter((limit): limit is number => limit !== null).map(Math.abs);
  const size = known.length === 0 ? Math.abs(value) : Math.max(...known);
  if (size >= 1_000) {
    return 0;
  }
  return size >= 100 ? 1 : size >= 1 ? 2 : 3;
}

/** The value alone, without its unit. */
export function valueText(channel: Channel | undefined, reading: Reading | undefined): string {
  if (reading === undefined || reading.v === null) {
    return "–";
  }
  if (Array.isArray(reading.v)) {
    return `${reading.v.length} values`;
  }
  if (typeof reading.v === "string" || channel?.kind === "CHOICE") {
    return reading.d;
  }
  if (channel?.kind === "LONG") {
    return String(reading.v);
  }
  const { factor, decimals } = quantityOf(channel);
  const shown = reading.v * factor;
  return Math.abs(shown) >= 1e7
    ? shown.toExponential(2)
    : unsigned(shown.toFixed(decimals ?? steadyDecimals(channel, shown)));
}

/** A bare number in a channel's stored unit, such as a limit, as a person reads it. */
export function withUnit(channel: Channel | undefined, value: number, unit?: string): string {
  const { factor, unit: shown, decimals } = quantityOf(channel);
  return `${numberText(value * factor, decimals)} ${channel === undefined ? (unit ?? "") : shown}`.trim();
}

/** A value that the server already turned into text, such as a step's "50.0" or "OFF". */
export function displayText(channel: Channel | undefined, display: string): string {
  const value = Number(display);
  return display.trim() !== "" && Number.isFinite(value) ? withUnit(channel, value) : display;
}

/** "1.2 to 2.1 kg/s", "at least 1.2 kg/s", "at most 2.1 kg/s". */
export function rangeText(
  channel: Channel | undefined,
  low: number | null | undefined,
  high: number | null | undefined,
): string {
  const { factor, unit, decimals } = quantityOf(channel);
  const fine = decimals ?? decimalsOfRange(low, high);
  const text = (value: number): string => {
    const shown = value * factor;
    return decimals === null ? numberText(Number(shown.toFixed(fine))) : numberText(shown, fine);
  };
  if (typeof low === "number" && typeof high === "number") {
    return `${text(low)} to ${text(high)} ${unit}`.trim();
  }
  if (typeof low === "number") {
    return `at least ${text(low)} ${unit}`.trim();
  }
  return typeof high === "number" ? `at most ${text(high)} ${unit}`.trim() : "any";
}

/** Enough decimals for two digits of the range's width; a limit is no measurement. */
function decimalsOfRange(low: number | null | undefined, high: number | null | undefined): number {
  const width = typeof low === "number" && typeof high === "number" ? Math.abs(high - low) : 0;
  return width === 0 ? 4 : Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(width))));
}

/** The alarm limits that hold in a mode of the detector. */
export function limitsIn(channel: Channel, mode: string): Limits {
  return channel.limitsByMode[mode] ?? channel.limits;
}
