package org.orrery.lab.bench.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.orrery.archive.ArchiveModule;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.history.HistoryQuery.Resolution;

/** Asks a filled store what people ask. Stateless. */
final class StoreQuestions {
  private static final int MANY = 50;
  private static final int REPEATS = 7;
  private static final int POINTS = 1_000;
  private static final int SAMPLES = 100_000;

  private StoreQuestions() {}

  static List<StoreBench.Question> ask(
      GeneratedYear year, ArchiveModule.Direct archive, Consumer<String> progress) {
    Resolution optimised = new Resolution.Optimised(POINTS);
    int many = Math.min(MANY, year.channels());
    List<StoreBench.Question> questions = new ArrayList<>();
    for (int channels : many == 1 ? new int[] {1} : new int[] {1, many}) {
      questions.add(
          ask("1 h raw", channels, GeneratedYear.HOUR_NS, new Resolution.Raw(SAMPLES), archive));
      questions.add(ask("1 h", channels, GeneratedYear.HOUR_NS, optimised, archive));
      questions.add(ask("1 day", channels, GeneratedYear.DAY_NS, optimised, archive));
      questions.add(ask("30 days", channels, 30 * GeneratedYear.DAY_NS, optimised, archive));
      questions.add(ask("1 year", channels, GeneratedYear.YEAR_NS, optimised, archive));
      progress.accept("asked about " + channels + (channels == 1 ? " channel" : " channels"));
    }
    return questions;
  }

  /** At places spread over the year, so that the first of each meets pages that nobody has read. */
  private static StoreBench.Question ask(
      String span, int channels, long spanNs, Resolution how, ArchiveModule.Direct archive) {
    double[] ms = new double[REPEATS];
    long points = 0;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      long from = GeneratedYear.START_NS + (GeneratedYear.YEAR_NS - spanNs) / REPEATS * repeat;
      long startNs = System.nanoTime();
      points = 0;
      for (int channel = 0; channel < channels; channel++) {
        points +=
            archive
                .read(new HistoryQuery(GeneratedYear.channel(channel), from, from + spanNs, how))
                .points()
                .size();
      }
      ms[repeat] = (System.nanoTime() - startNs) * 1e-6;
    }
    Arrays.sort(ms);
    return new StoreBench.Question(
        span + " of " + channels + (channels == 1 ? " channel" : " channels"),
        points,
        ms[REPEATS / 2],
        ms[REPEATS - 1]);
  }
}
