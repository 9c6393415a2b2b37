import { useEffect, useRef } from "react";
import uPlot, { type AlignedData, type Options } from "uplot";
import "uplot/dist/uPlot.min.css";

/** What a plot looks like; its width and height come from its box. */
export type PlotOptions = Omit<Options, "width" | "height">;

interface Props {
  options: PlotOptions;
  /** Asked for the data whenever the plot draws again. */
  data: () => AlignedData;
  /** Changes whenever there is something new to draw. */
  beat: number;
  label: string;
  testId?: string;
}

/** A canvas kept in its box; redrawn in place, so that nothing on the page moves. */
export function Plot({ options, data, beat, label, testId }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(data);
  latest.current = data;
  useEffect(() => {
    const element = box.current;
    if (element === null) {
      return;
    }
    const size = (): { width: number; height: number } => ({
      width: Math.max(120, element.clientWidth),
      height: Math.max(80, element.clientHeight),
    });
    const made = new uPlot({ ...options, ...size() }, latest.current(), element);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize(size()));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [options]);
  useEffect(() => {
    plot.current?.setData(latest.current());
  }, [beat]);
  return (
    <div
      className="plot"
      ref={box}
      role="img"
      aria-label={label}
      {...(testId === undefined ? {} : { "data-testid": testId })}
    />
  );
}
