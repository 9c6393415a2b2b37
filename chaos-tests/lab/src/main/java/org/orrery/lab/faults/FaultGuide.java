package org.orrery.lab.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.orrery.lab.bench.BenchProvenance;
import org.orrery.lab.bench.Report;
import org.orrery.lab.faults.FaultRun.At;
import org.orrery.lab.faults.FaultRun.Trace;
import org.orrery.simulator.fault.Truth;
import org.orrery.simulator.fault.Truth.Sign;

/** Writes the fault guide: a page with a section and a plot for each fault. Stateless. */
public final class FaultGuide {
  /** Faults that need to be told which one. */
  private static final Map<String, String> EXAMPLES =
      Map.of("F21", "F21 start channel=cryo.rtd.t07 bias=0.8");

  private FaultGuide() {}

  /**
   * What one fault showed.
   *
   * @param code its code
   * @param source the line that started it
   * @param cause the root cause
   * @param signs how each telling channel moved
   */
  public record Shown(String code, String source, String cause, List<ShownSign> signs) {
    public Shown {
      signs = List.copyOf(signs);
    }
  }

  /**
   * How one channel moved.
   *
   * @param channel which
   * @param expected what its truth says
   * @param change greatest difference to the healthy detector in the direction expected until it
   *     should be seen, or the mean one for a useful zero, in the channel's unit; NaN where there
   *     is none
   * @param noise standard deviation of the healthy channel, same unit
   * @param unit the unit as the site writes it
   */
  public record ShownSign(
      String channel, String expected, double change, double noise, String unit) {}

  /**
   * Runs faults and writes {@code faults.md} and {@code faults/CODE.svg}.
   *
   * @param folder where to
   * @param codes codes of the catalogue, in the order of the page
   * @param seed which detector
   * @param version of this program
   * @throws IOException if something cannot be written
   */
  public static Report write(Path folder, List<String> codes, long seed, String version)
      throws IOException {
    Path plots = Files.createDirectories(folder.resolve("faults"));
    StringBuilder page = new StringBuilder(head(seed));
    List<Shown> all = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String code : codes) {
      FaultRun run = FaultRun.of(EXAMPLES.getOrDefault(code, code + " start"), seed);
      Files.writeString(plots.resolve(code + ".svg"), FaultPlot.svg(run));
      Shown shown = shown(run);
      all.add(shown);
      page.append(section(run, shown));
      lines.add(
          "%-4s %-60s %d signs over %s"
              .formatted(
                  code, shown.cause(), shown.signs().size(), FaultPlot.time(run.horizonSeconds())));
    }
    Files.writeString(folder.resolve("faults.md"), page.toString());
    lines.add("written to " + folder.resolve("faults.md"));
    return new Report(
        "faults",
        true,
        BenchProvenance.now(version, String.join("\n", codes), seed, ""),
        all,
        lines);
  }

  private static String head(long seed) {
    return """
    # The faults of the stand-in detector

    Written by `orrery bench faults --out docs/guides --seed %d` from the simulator itself; do not edit. Each plot shows the
    telling channels before and after the onset (dashed): red is the faulty detector, grey a healthy one of the same seed,
    with the same noise. A fault is started with `orrery fault "…"` in a running simulated Orrery; faults of your own are
    described in [fault-files.md](fault-files.md).

    """
        .formatted(seed);
  }

  private static Shown shown(FaultRun run) {
    List<ShownSign> signs = new ArrayList<>();
    for (Sign sign : run.fault().truth().signs()) {
      for (Trace trace : run.traces()) {
        if (trace.channel().id().equals(sign.channelId())) {
          signs.add(
              new ShownSign(
                  sign.channelId(),
                  FaultPlot.words(sign),
                  change(trace, sign),
                  noise(trace.healthy()),
                  trace.channel().egu()));
        }
      }
    }
    return new Shown(run.fault().code(), run.source(), run.fault().truth().cause(), signs);
  }

  /**
   * How far the faulty detector departed from the healthy one: at most, in the direction expected,
   * until it should be seen; in the mean over the last quarter of the time for a useful zero. NaN
   * when the last reading is invalid.
   */
  private static double change(Trace trace, Sign sign) {
    double within = sign.withinSeconds();
    double settled = mean(trace.faulty(), within) - mean(trace.healthy(), within);
    return switch (sign.direction()) {
      case UNCHANGED, INVALID -> settled;
      case UP -> departures(trace, within).max().orElse(settled);
      case DOWN -> departures(trace, within).min().orElse(settled);
    };
  }

  /**
   * Differences of readings that were taken at the same time; both detectors have the same noise.
   */
  private static DoubleStream departures(Trace trace, double withinSeconds) {
    Map<Double, Double> healthy = new HashMap<>();
    trace.healthy().forEach(at -> healthy.put(at.seconds(), at.value()));
    return trace.faulty().stream()
        .filter(at -> at.seconds() > 0.0 && at.seconds() <= withinSeconds)
        .filter(at -> healthy.containsKey(at.seconds()))
        .mapToDouble(at -> at.value() - healthy.getOrDefault(at.seconds(), at.value()))
        .filter(value -> !Double.isNaN(value));
  }

  private static double mean(List<At> trace, double withinSeconds) {
    List<At> until = trace.stream().filter(at -> at.seconds() <= withinSeconds).toList();
    if (until.isEmpty() || Double.isNaN(until.getLast().value())) {
      return Double.NaN;
    }
    return until.stream()
        .filter(at -> at.seconds() > 0.75 * withinSeconds && !Double.isNaN(at.value()))
        .mapToDouble(At::value)
        .average()
        .orElse(until.getLast().value());
  }

  private static double noise(List<At> trace) {
    double[] values =
        trace.stream().filter(at -> at.seconds() < 0.0).mapToDouble(At::value).toArray();
    double mean = Arrays.stream(values).average().orElse(0.0);
    double sum = 0.0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return values.length < 2 ? 0.0 : Math.sqrt(sum / (values.length - 1));
  }

  private static String section(FaultRun run, Shown shown) {
    Truth truth = run.fault().truth();
    StringBuilder text = new StringBuilder();
    text.append("## %s: %s%n%n".formatted(shown.code(), shown.cause()));
    text.append("`%s`".formatted(run.source()));
    text.append(
        truth.decoy() ? ", a decoy: nothing in the detector is to be acted on.\n\n" : "\n\n");
    text.append("![%s](faults/%s.svg)%n%n".formatted(shown.cause(), shown.code()));
    if (!shown.signs().isEmpty()) {
      text.append(
          "| channel | the truth says | seen until then, against the healthy one | its noise |\n");
      text.append("|---|---|---|---|\n");
      for (ShownSign sign : shown.signs()) {
        text.append(
            "| `%s` | %s | %s | %s |%n"
                .formatted(
                    sign.channel(),
                    sign.expected(),
                    quantity(sign.change(), sign.unit(), true),
                    quantity(sign.noise(), sign.unit(), false)));
      }
      text.append('\n');
    }
    text.append(sentence("What a good crew does", truth.remedies()));
    text.append(sentence("What makes it worse", truth.mistakes()));
    return text.append('\n').toString();
  }

  private static String quantity(double value, String unit, boolean signed) {
    if (Double.isNaN(value)) {
      return "no valid reading";
    }
    String number = FaultPlot.number(value);
    String plus = signed && value > 0.0 ? "+" : "";
    return (plus + number + " " + unit).strip();
  }

  private static String sentence(String title, List<String> items) {
    if (items.isEmpty()) {
      return "";
    }
    return "%s: %s.%n%n".formatted(title, String.join("; ", items));
  }
}
