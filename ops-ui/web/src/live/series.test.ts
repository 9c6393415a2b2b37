import { describe, expect, it } from "vitest";
import { reading } from "../test-fixtures/fixtures";
import { Series } from "./series";

const HOUR = 3_600_000;

describe("a plotted series", () => {
  it("shouldPutMeasurementAndBandOnOneTimeAxis", () => {
    // Given
    const series = new Series(HOUR, 1);

    // When
    series.push(reading(1, { t: 10_000 }));
    series.pushBand(10_000, { low: 0.5, median: 1, high: 1.5 });
    series.pushBand(12_000, { low: 0.6, median: 1, high: 1.6 });
    series.push(reading(2, { t: 20_000 }));

    // Then
    expect(series.plotData()).toEqual([
      [10, 12, 20],
      [0.5, 0.6, undefined],
      [1.5, 1.6, undefined],
      [1, undefined, 2],
    ]);
  });

  it("shouldForgetWhatIsOlderThanItsWindow", () => {
    // Given
    const series = new Series(HOUR, 1);

    // When
    for (let t = 0; t <= 3 * HOUR; t += 60_000) {
      series.push(reading(t, { t }));
    }

    // Then
    const [times] = series.plotData();
    expect(times[0]).toBe((2 * HOUR) / 1000);
    expect(times).toHaveLength(61);
  });

  it("shouldStayBoundedHoweverFastAChannelSpeaks", () => {
    // Given
    const series = new Series(HOUR, 1);

    // When
    for (let t = 0; t < HOUR; t += 100) {
      series.push(reading(t, { t }));
    }

    // Then
    expect(series.plotData()[0].length).toBeLessThanOrEqual(3_700);
    expect(series.plotData()[3].at(-1)).toBe(HOUR - 100);
  });

  it("shouldBreakTheLineWhereTheChannelWasDisconnected", () => {
    // Given
    const series = new Series(HOUR, 1);

    // When
    series.push(reading(1, { t: 10_000 }));
    series.push(reading(1, { t: 20_000, q: "DISCONNECTED" }));
    series.push(reading(3, { t: 30_000 }));

    // Then
    expect(series.plotData()[3]).toEqual([1, null, 3]);
  });

  it("shouldLeaveAGapInTheBandWhereUpdatesWereMissed", () => {
    // Given
    const series = new Series(HOUR, 1);
    series.push(reading(1, { t: 10_000 }));
    series.pushBand(10_000, { low: 0, median: 1, high: 2 });

    // When
    series.restart();
    series.pushBand(90_000, { low: 0, median: 1, high: 2 });

    // Then
    const [times, low, , measured] = series.plotData();
    expect(times).toEqual([10, 10.001, 90]);
    expect(low).toEqual([0, null, 0]);
    expect(measured).toEqual([undefined, undefined, undefined]);
  });

  it("shouldPutTheArchivedPastBeforeWhatCameLive", () => {
    // Given
    const series = new Series(HOUR, 0.001);
    series.push(reading(1100, { t: 30_000 }));

    // When
    series.preload([
      [10_000, 1080, 1070, 1090, "NONE"],
      [30_000, 9999, 9999, 9999, "NONE"],
    ]);

    // Then
    const [times, , , measured] = series.plotData();
    expect(times).toEqual([10, 30]);
    expect(measured).toEqual([1.08, 1.1]);
  });
});
