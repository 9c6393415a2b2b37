package org.orrery.lab.faults;

import java.util.List;
import java.util.Locale;
import org.orrery.lab.faults.FaultRun.At;
import org.orrery.lab.faults.FaultRun.Trace;
import org.orrery.simulator.fault.Truth.Sign;

/** Draws a fault as one strip for each telling channel, as SVG. Stateless. */
final class FaultPlot {
  private static final int WIDTH = 860;
  private static final int LEFT = 300;
  private static final int RIGHT = 90;
  private static final int STRIP = 62;
  private static final int GAP = 10;
  private static final int TOP = 34;
  private static final int BOTTOM = 34;
  private static final int POINTS = 230;

  private FaultPlot() {}

  static String svg(FaultRun run) {
    int height = TOP + run.traces().size() * (STRIP + GAP) + BOTTOM;
    StringBuilder svg = new StringBuilder();
    svg.append(
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d"
                + " %d\" font-family=\"sans-serif\" font-size=\"12\">%n")
            .formatted(WIDTH, height, WIDTH, height));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    svg.append(
        text(8, 20, "start", "#222222", run.fault().code() + ": " + run.fault().truth().cause()));
    int y = TOP;
    for (Trace trace : run.traces()) {
      strip(svg, run, trace, y);
      y += STRIP + GAP;
    }
    axis(svg, run, y);
    return svg.append("</svg>\n").toString();
  }

  private static void strip(StringBuilder svg, FaultRun run, Trace trace, int top) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (List<At> side : List.of(trace.faulty(), trace.healthy())) {
      for (At at : side) {
        if (!Double.isNaN(at.value())) {
          low = Math.min(low, at.value());
          high = Math.max(high, at.value());
        }
      }
    }
    if (low > high) {
      low = 0.0;
      high = 1.0;
    }
    double least = 1e-3 * Math.abs(trace.channel().displayHigh() - trace.channel().displayLow());
    double pad = Math.max(0.08 * (high - low), least);
    Scale scale = new Scale(run, low - pad, high + pad, top);
    svg.append(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#f5f6f8\"/>%n"
            .formatted(LEFT, top, WIDTH - LEFT - RIGHT, STRIP));
    int middle = top + STRIP / 2;
    svg.append(text(8, middle - 4, "start", "#222222", trace.channel().id()));
    svg.append(text(8, middle + 12, "start", "#666666", expected(run, trace)));
    svg.append(text(WIDTH - RIGHT + 6, top + 12, "start", "#666666", number(high)));
    svg.append(text(WIDTH - RIGHT + 6, top + STRIP - 4, "start", "#666666", number(low)));
    svg.append(text(WIDTH - RIGHT + 6, middle + 4, "start", "#666666", trace.channel().egu()));
    svg.append(line(scale, trace.healthy(), "#9aa3ad", 1.2));
    svg.append(line(scale, trace.faulty(), "#c2410c", 1.6));
    double onset = scale.x(0.0);
    svg.append(
        ("<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#222222\""
                + " stroke-dasharray=\"3 3\"/>%n")
            .formatted(onset, top, onset, top + STRIP));
  }

  private static String expected(FaultRun run, Trace trace) {
    return run.fault().truth().signs().stream()
        .filter(sign -> sign.channelId().equals(trace.channel().id()))
        .map(FaultPlot::words)
        .findFirst()
        .orElse("");
  }

  static String words(Sign sign) {
    String time = time(sign.withinSeconds());
    return switch (sign.direction()) {
      case UP -> "rises within " + time;
      case DOWN -> "falls within " + time;
      case INVALID -> "becomes invalid within " + time;
      case UNCHANGED -> "stays for " + time;
    };
  }

  static String time(double seconds) {
    if (seconds < 120.0) {
      return "%.0f s".formatted(seconds);
    }
    if (seconds < 7_200.0) {
      return "%.0f min".formatted(seconds / 60.0);
    }
    return "%.0f h".formatted(seconds / 3_600.0);
  }

  static String number(double value) {
    if (value == 0.0 || Math.abs(value) >= 1e6 || Math.abs(value) < 1e-4) {
      return String.format(Locale.ROOT, "%.3g", value);
    }
    int digits = (int) Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value))));
    return String.format(Locale.ROOT, "%." + Math.min(digits, 6) + "f", value);
  }

  private record Scale(FaultRun run, double low, double high, int top) {
    double x(double seconds) {
      double share = (seconds + run.leadSeconds()) / (run.leadSeconds() + run.horizonSeconds());
      return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    double y(double value) {
      return top + STRIP * (1.0 - (value - low) / (high - low));
    }
  }

  /** A line through at most {@link #POINTS} pieces of the record, each as its extremes. */
  private static String line(Scale scale, List<At> trace, String colour, double width) {
    StringBuilder path = new StringBuilder();
    int piece = Math.max(1, trace.size() / POINTS);
    boolean drawn = false;
    for (int from = 0; from < trace.size(); from += piece) {
      At lowest = null;
      At highest = null;
      for (At at : trace.subList(from, Math.min(trace.size(), from + piece))) {
        if (Double.isNaN(at.value())) {
          drawn = false;
          continue;
        }
        lowest = lowest == null || at.value() < lowest.value() ? at : lowest;
        highest = highest == null || at.value() > highest.value() ? at : highest;
      }
      if (lowest == null || highest == null) {
        continue;
      }
      boolean rising = lowest.seconds() <= highest.seconds();
      for (At at :
          lowest == highest
              ? List.of(lowest)
              : rising ? List.of(lowest, highest) : List.of(highest, lowest)) {
        path.append(
            "%s%.1f %.1f"
                .formatted(drawn ? " L" : " M", scale.x(at.seconds()), scale.y(at.value())));
        drawn = true;
      }
    }
    return "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\"/>%n"
        .formatted(path.toString().strip(), colour, width);
  }

  private static void axis(StringBuilder svg, FaultRun run, int top) {
    double[] steps = {10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 14_400, 21_600};
    double step = steps[steps.length - 1];
    for (double each : steps) {
      if (run.horizonSeconds() / each <= 8) {
        step = each;
        break;
      }
    }
    Scale scale = new Scale(run, 0.0, 1.0, top);
    for (double seconds = 0.0; seconds <= run.horizonSeconds(); seconds += step) {
      svg.append(text((int) scale.x(seconds), top + 14, "middle", "#666666", time(seconds)));
    }
    svg.append(text(8, top + 14, "start", "#666666", "grey: healthy detector of the same seed"));
  }

  private static String text(int x, int y, String anchor, String colour, String words) {
    String escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n"
        .formatted(x, y, anchor, colour, escaped);
  }
}
