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

  it("shouldBreakTheLineAlsoWhereOnlyTheTwinSpeaksMeanwhile", () => {
    // Given
    const series = new Series(HOUR, 1);

    // When
    series.push(reading(1, { t: 10_000 }));
    series.push(reading(1, { t: 20_000, q: "DISCONNECTED" }));
    series.pushBand(25_000, { low: 0, median: 1, high: 2 });
    series.push(reading(3, { t: 30_000 }));
    series.pushBand(35_000, { low: 0, median: 1, high: 2 });

    // Then
    expect(series.plotData()[3]).toEqual([1, null, null, 3, undefined]);
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
    series.preload({
      points: [
        [10_000, 1080, 1070, 1090, "NONE"],
        [30_000, 9999, 9999, 9999, "NONE"],
      ],
      hole: null,
    });

    // Then
    const [times, , , measured] = series.plotData();
    expect(times).toEqual([10, 30]);
    expect(measured).toEqual([1.08, 1.1]);
  });

  it("shouldDrawNoLineOverWhatWasCutAndPutItThereOnceItIsFetched", () => {
    // Given
    const series = new Series(HOUR, 1);
    series.push(reading(9, { t: 90_000 }));

    // When
    series.preload({
      points: [
        [10_000, 1, 1, 1, "NONE"],
        [20_000, 2, 2, 2, "NONE"],
      ],
      hole: { fromMs: 20_000, toMs: 100_000 },
    });

    // Then
    expect(series.hole).toEqual({ fromMs: 20_000, toMs: 90_000 });
    expect(series.plotData()[0]).toEqual([10, 20, 20.001, 90]);
    expect(series.plotData()[3]).toEqual([1, 2, null, 9]);

    // When
    series.goOn({
      points: [
        [20_000, 2, 2, 2, "NONE"],
        [50_000, 5, 5, 5, "NONE"],
        [95_000, 9, 9, 9, "NONE"],
      ],
      hole: null,
    });

    // Then
    expect(series.hole).toBeNull();
    expect(series.plotData()[0]).toEqual([10, 20, 50, 90]);
    expect(series.plotData()[3]).toEqual([1, 2, 5, 9]);
  });

  it("shouldForgetWhatWasCutOnceItIsOlderThanItsWindow", () => {
    // Given
    const series = new Series(HOUR, 1);
    series.preload({
      points: [[10_000, 1, 1, 1, "NONE"]],
      hole: { fromMs: 10_000, toMs: 60_000 },
    });

    // When
    series.push(reading(1, { t: 60_000 }));
    series.push(reading(1, { t: 60_000 + HOUR }));

    // Then
    expect(series.hole).toBeNull();
    expect(series.plotData()[3]).toEqual([1, 1]);
  });
});
