const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...options });
    formats.set(key, found);
  }
  return found;
}

/** "14:03:27" in the facility's zone. */
export function clockText(ms: number, zone: string): string {
  return format(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(ms);
}

/** "14:03" in the facility's zone. */
export function minuteText(ms: number, zone: string): string {
  return format(zone, { hour: "2-digit", minute: "2-digit" }).format(ms);
}

/** "Mon 23 Nov" in the facility's zone. */
export function dayText(ms: number, zone: string): string {
  return format(zone, { weekday: "short", day: "numeric", month: "short" })
    .format(ms)
    .replace(",", "");
}

/** "2026-11-23 14:03:27 UTC+01:00". */
export function fullText(ms: number, zone: string): string {
  const parts = format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(
    ms,
  );
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")} ${clockText(ms, zone)} ${offsetText(ms, zone)}`;
}

/** "UTC+01:00". */
export function offsetText(ms: number, zone: string): string {
  const name = format(zone, { timeZoneName: "longOffset" })
    .formatToParts(ms)
    .find((part) => part.type === "timeZoneName")?.value;
  const offset = (name ?? "GMT").replace("GMT", "");
  return `UTC${offset === "" ? "+00:00" : offset}`;
}

/** "45 s", "4 min 10 s", "3 h 20 min", "2 d 4 h". */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 48) {
    return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  }
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** "4:09", for a countdown. */
export function countdownText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = String(seconds % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}
