import { describe, expect, it } from "vitest";
import type { Channel, ProposalStateType } from "../api/types";
import { channel, fault, reading } from "../test-fixtures/fixtures";
import { inOrder } from "./alarms";
import { missingText } from "./past";
import {
  bandText,
  displayText,
  limitsIn,
  numberText,
  rangeText,
  valueText,
  withUnit,
} from "./quantity";
import { clockText, countdownText, durationText, fullText, offsetText } from "./time";
import { OUTCOME_WORDS, percentText, stateWords } from "./words";

describe("quantities", () => {
  it("shouldSayWhichPressureIsAbsoluteAndWhichIsGauge", () => {
    expect(rangeText(channel("cryo.pressure.absolute"), 1062, 1138)).toBe("1.062 to 1.138 bar(a)");
    expect(valueText(channel("cryo.pressure.absolute"), reading(1100.4))).toBe("1.100");
    expect(rangeText(channel("cryo.pressure.gauge"), 97, null)).toBe("at least 97 mbarg");
  });

  it("shouldKeepItsWidthWhenAValueFallsToZero", () => {
    expect(valueText(channel("purif.flow"), reading(1.6712))).toBe("1.67");
    expect(valueText(channel("purif.flow"), reading(0.0015))).toBe("0.00");
    expect(valueText(channel("purif.flow"), reading(-0.0015))).toBe("0.00");
  });

  it("shouldShowLabelsCountsAndNothingAsTheyAre", () => {
    expect(valueText(channel("purif.pump-a.enable"), reading(1, { d: "ON" }))).toBe("ON");
    expect(valueText(channel("daq.run.number"), reading(5001))).toBe("5001");
    expect(valueText(channel("purif.flow"), reading(null))).toBe("–");
    expect(valueText(channel("purif.flow"), undefined)).toBe("–");
  });

  it("shouldShowWhatTheTwinExpectsWithoutFalsePrecision", () => {
    const band = (low: number, high: number) => ({ low, median: null, high });
    expect(bandText(channel("purif.pump-a.current"), band(-0.06586497, 0.06663465))).toBe(
      "-0.07 to 0.07 A",
    );
    expect(bandText(channel("purif.flow"), band(1.3566341, 1.949081))).toBe("1.36 to 1.95 kg/s");
    expect(bandText(channel("cryo.pressure.gauge"), band(96.96, 98.04))).toBe("97.0 to 98.0 mbarg");
  });
});

describe("what is approved or on record", () => {
  const of = (kind: string, unit: string): Channel => ({
    ...channel("purif.flow"),
    kind,
    unit,
    egu: unit,
  });
  const volts = of("DOUBLE", "V");
  const hertz = of("DOUBLE", "Hz");
  const absolute = channel("cryo.pressure.absolute");

  it("shouldNeverBeRounded", () => {
    expect(displayText(hertz, "4.99654321E8")).toBe("499654321 Hz");
    expect(displayText(hertz, "4.998E8")).toBe("499800000 Hz");
    expect(displayText(volts, "1499.6")).toBe("1499.6 V");
    expect(displayText(volts, "-12.3456")).toBe("-12.3456 V");
    expect(displayText(volts, "1.2345E-4")).toBe("0.00012345 V");
    expect(displayText(of("LONG", "1"), "12345678")).toBe("12345678");
    expect(displayText(of("LONG", "1"), "9007199254740993")).toBe("9007199254740993");
    expect(withUnit(volts, 0.30000000000000004)).toBe("0.30000000000000004 V");
    expect(rangeText(volts, 1.234, 100)).toBe("1.234 to 100 V");
    expect(rangeText(hertz, null, 499654321)).toBe("at most 499654321 Hz");
  });

  it("shouldLeaveOutOnlyZerosThatSayNothing", () => {
    expect(displayText(volts, "50.0")).toBe("50 V");
    expect(displayText(volts, "0.0")).toBe("0 V");
    expect(displayText(volts, "1200.50")).toBe("1200.5 V");
  });

  it("shouldOnlyMoveTheDecimalPointForAnotherUnit", () => {
    expect(displayText(absolute, "1062.3456789")).toBe("1.0623456789 bar(a)");
    expect(displayText(absolute, "1.0623456789E7")).toBe("10623.456789 bar(a)");
    expect(displayText(absolute, "0.5")).toBe("0.0005 bar(a)");
    expect(displayText(absolute, "0.0")).toBe("0 bar(a)");
    // As a product it would be 4.3500000000000005.
    expect(numberText(absolute, 4350)).toBe("4.35");
    expect(rangeText(absolute, 4350, 4350.25)).toBe("4.35 to 4.35025 bar(a)");
  });

  it("shouldKeepTheExponentWhereTheZerosCouldNotBeCounted", () => {
    expect(displayText(volts, "1.25E30")).toBe("1.25E30 V");
    expect(displayText(absolute, "4.9E-324")).toBe("4.9E-327 bar(a)");
    expect(displayText(volts, "NaN")).toBe("NaN V");
  });

  it("shouldLeaveTextsAndLabelsAsTheyAre", () => {
    expect(displayText(of("TEXT", "1"), "0012")).toBe("0012");
    expect(displayText(of("TEXT", "1"), "1e5")).toBe("1e5");
    expect(displayText(of("CHOICE", ""), "10.0")).toBe("10.0");
    expect(displayText(channel("purif.pump-a.enable"), "OFF")).toBe("OFF");
    expect(displayText(undefined, "1e5")).toBe("1e5");
  });

  it("shouldStandInTheUnitThatItWasRecordedIn", () => {
    expect(displayText(volts, "1.5", "kV")).toBe("1.5 kV");
    expect(displayText(absolute, "1062.5", "Pa")).toBe("1062.5 Pa");
    expect(displayText(absolute, "1062.5", "mbar")).toBe("1.0625 bar(a)");
    expect(displayText(undefined, "50.0", "Hz")).toBe("50.0 Hz");
    expect(displayText(undefined, "ON", "1")).toBe("ON");
  });
});

describe("limits", () => {
  it("shouldBeThoseOfTheModeWhereItHasItsOwn", () => {
    // Given
    const voltage = channel("hv.cathode.voltage");

    // Then
    expect(limitsIn(voltage, "PHYSICS")).toMatchObject({ low: -184, high: -176, hihi: -170 });
    expect(limitsIn(voltage, "STANDBY")).toMatchObject({ low: -184, high: null, hihi: null });
    expect(limitsIn(voltage, "")).toBe(voltage.limits);
  });
});

describe("times", () => {
  const summer = Date.UTC(2026, 6, 1, 1, 2, 3);

  it("shouldShowTheZonesTimeWithItsOffset", () => {
    expect(clockText(summer, "Europe/Zurich")).toBe("03:02:03");
    expect(offsetText(summer, "Europe/Zurich")).toBe("UTC+02:00");
    expect(offsetText(summer, "UTC")).toBe("UTC+00:00");
    expect(fullText(summer, "Europe/Zurich")).toBe("2026-07-01 03:02:03 UTC+02:00");
  });

  it("shouldShowSpansInWords", () => {
    expect([4_000, 250_000, 7_500_000, 200_000_000].map(durationText)).toEqual([
      "4 s",
      "4 min 10 s",
      "2 h 5 min",
      "2 d 7 h",
    ]);
    expect([249_900, -5, 3_661_000].map(countdownText)).toEqual(["4:09", "0:00", "1:01:01"]);
  });
});

describe("words", () => {
  it("shouldHavePlainNamesForEveryState", () => {
    const types: ProposalStateType[] = [
      "DRAFT",
      "REHEARSED",
      "AWAITING_APPROVAL",
      "APPROVED",
      "EXECUTING",
      "HELD",
      "ROLLING_BACK",
      "ROLLBACK_FAILED",
      "VERIFIED",
      "ROLLED_BACK",
      "REJECTED",
      "EXPIRED",
      "ABORTED",
      "FAILED",
    ];
    for (const type of types) {
      expect(stateWords({ type, atMs: 0, terminal: false })).toMatch(/^[A-Z][a-z]/);
    }
    expect(OUTCOME_WORDS.UNKNOWN).toBe("Not confirmed, check");
  });

  it("shouldNeverRoundALikelyCauseToCertainty", () => {
    expect([0.9993, 0.0001, 0.5, 1, null].map(percentText)).toEqual([
      ">99 %",
      "<1 %",
      "50 %",
      "100 %",
      "–",
    ]);
  });

  it("shouldPutTheFirstAlarmFirstAndWhatIsBackLast", () => {
    // Given
    const [first, second] = fault.alarms;
    const back = { ...first, state: "RETURNED_UNACKNOWLEDGED", channel: "z" } as typeof first;

    // Then
    expect(inOrder([back, second, first].filter((a) => a !== undefined))).toEqual([
      first,
      second,
      back,
    ]);
  });
});

describe("what is missing of a past", () => {
  it("shouldNameTheDaysOnlyWhereThereAreTwo", () => {
    // Given
    const toMs = Date.UTC(2026, 10, 23, 2, 12, 5);
    const since = (fromMs: number): string => missingText({ fromMs, toMs }, "Europe/Zurich");

    // Then
    expect(since(toMs - 60_000)).toBe("from 03:11:05 to 03:12:05 UTC+01:00");
    expect(since(toMs - 86_400_000)).toBe(
      "from Sun 22 Nov 03:12:05 to Mon 23 Nov 03:12:05 UTC+01:00",
    );
  });
});
