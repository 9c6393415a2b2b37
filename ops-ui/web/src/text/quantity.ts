import type { Band, Channel, Limits, Reading } from "../api/types";

/** How a channel's numbers look on screen: what they are multiplied by, their unit, decimals. */
export interface Quantity {
  /** A power of ten, so that what must be exact only has its decimal point moved. */
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

/**
 * A value that people approve, or that is on record, in the server's own text and with its unit: it
 * is never rounded. A number may have its decimal point moved; a text stays as it is, also one that
 * looks like a number.
 *
 * @param unit the value's own unit, where it is on record: a channel's may have changed since
 */
export function displayText(channel: Channel | undefined, display: string, unit?: string): string {
  const quantity = quantityIn(channel, unit);
  if (channel === undefined) {
    return `${display} ${quantity.unit}`.trim();
  }
  return channel.kind === "DOUBLE" || channel.kind === "LONG"
    ? `${moved(display, quantity.factor)} ${quantity.unit}`.trim()
    : display;
}

/** An exact number, such as a limit, as a person reads it; without its unit. */
export function numberText(channel: Channel | undefined, value: number, unit?: string): string {
  return moved(String(value), quantityIn(channel, unit).factor);
}

/** An exact number with its unit. */
export function withUnit(channel: Channel | undefined, value: number, unit?: string): string {
  return `${numberText(channel, value, unit)} ${quantityIn(channel, unit).unit}`.trim();
}

/** Exact limits: "1.2 to 2.1 kg/s", "at least 1.2 kg/s", "at most 2.1 kg/s". */
export function rangeText(
  channel: Channel | undefined,
  low: number | null | undefined,
  high: number | null | undefined,
  unit?: string,
): string {
  return between(low, high, quantityIn(channel, unit).unit, (value) =>
    numberText(channel, value, unit),
  );
}

/** Where the twin expects a channel: an estimate, with no more digits than its width bears. */
export function bandText(channel: Channel, { low, high }: Band): string {
  const { factor, unit, decimals } = quantityOf(channel);
  const fine = decimals ?? decimalsOfRange(low, high);
  return between(low, high, unit, (value) => {
    const text = unsigned((value * factor).toFixed(fine));
    return decimals === null ? rounded(Number(text)) : text;
  });
}

/** Up to four significant digits and no more than the number has. */
function rounded(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e7) {
    return value.toExponential(2);
  }
  return size >= 1_000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
}

function between(
  low: number | null | undefined,
  high: number | null | undefined,
  unit: string,
  text: (value: number) => string,
): string {
  if (typeof low === "number" && typeof high === "number") {
    return `${text(low)} to ${text(high)} ${unit}`.trim();
  }
  if (typeof low === "number") {
    return `at least ${text(low)} ${unit}`.trim();
  }
  return typeof high === "number" ? `at most ${text(high)} ${unit}`.trim() : "any";
}

/** As the channel is shown, while its unit is that of the value; otherwise in the value's own. */
function quantityIn(channel: Channel | undefined, unit = channel?.unit ?? ""): Quantity {
  return quantityOf(channel?.unit === unit ? channel : { unit, egu: "" });
}

/** A number as the server and JSON write it. */
const NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Digits before the point, and zeros after it, from which on a number keeps its exponent. */
const MOST_DIGITS = 21;
const MOST_ZEROS = 5;

/**
 * A number times a power of ten, by its digits, because a product of floating-point numbers rounds.
 * Only zeros that say nothing are left out. What is no number, such as NaN, stays as it is.
 */
function moved(text: string, factor: number): string {
  const parts = NUMBER.exec(text);
  if (parts === null) {
    return text;
  }
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  const power = Number(exponent) + Math.round(Math.log10(factor));
  const point = whole.length + power;
  if (point > MOST_DIGITS || point < -MOST_ZEROS) {
    return `${sign}${whole}${fraction === "" ? "" : `.${fraction}`}E${power}`;
  }
  const digits = "0".repeat(Math.max(0, 1 - point)) + whole + fraction;
  const at = Math.max(1, point);
  const before = digits.slice(0, at).padEnd(at, "0").replace(/^0+(?=\d)/, "");
  const after = digits.slice(at).replace(/0+$/, "");
  return `${sign}${before}${after === "" ? "" : `.${after}`}`;
}

/** Enough decimals for two digits of the range's width. */
function decimalsOfRange(low: number | null | undefined, high: number | null | undefined): number {
  const width = typeof low === "number" && typeof high === "number" ? Math.abs(high - low) : 0;
  return width === 0 ? 4 : Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(width))));
}

/** The alarm limits that hold in a mode of the detector. */
export function limitsIn(channel: Channel, mode: string): Limits {
  return channel.limitsByMode[mode] ?? channel.limits;
}
