package org.orrery.contract.drill;

import java.util.List;
import java.util.OptionalLong;
import org.orrery.contract.facility.ChannelId;

/**
 * What happened in a drill, what should have been done, and how the trainee did. Deeply immutable.
 *
 * @param summary the whole in a few plain sentences
 * @param cause the root cause in plain words
 * @param story what happened and why the signs look as they do, in paragraphs
 * @param signs where it showed, the most telling first
 * @param decoys what looked like something else, and why it is not
 * @param onsetNs when the trouble began, plant ns; absent where nothing was wrong
 * @param timeline everything in order, the hidden orders included
 * @param measures how long things took
 * @param answer the trainee's last diagnosis against the right one
 * @param duties what should have been done
 * @param mistakes what was done and should not have been
 * @param loss what became of the data
 * @param traces the telling channels
 */
public record DrillDebrief(
    List<String> summary,
    String cause,
    List<String> story,
    List<Sign> signs,
    List<String> decoys,
    OptionalLong onsetNs,
    List<DrillEntry> timeline,
    List<Measure> measures,
    Answer answer,
    List<Duty> duties,
    List<Mistake> mistakes,
    Loss loss,
    List<Trace> traces) {
  public DrillDebrief {
    summary = List.copyOf(summary);
    story = List.copyOf(story);
    signs = List.copyOf(signs);
    decoys = List.copyOf(decoys);
    timeline = List.copyOf(timeline);
    measures = List.copyOf(measures);
    duties = List.copyOf(duties);
    mistakes = List.copyOf(mistakes);
    traces = List.copyOf(traces);
  }

  /**
   * Where the trouble showed.
   *
   * @param channel the channel
   * @param text what it did and when, in words
   */
  public record Sign(ChannelId channel, String text) {}

  /**
   * How long something took from the onset.
   *
   * @param what what is measured, for example {@code notice}
   * @param tookNs how long it took, plant ns; absent where it did not happen
   * @param referenceNs how long a good shifter takes, plant ns; absent where there is nothing to
   *     measure against
   */
  public record Measure(String what, OptionalLong tookNs, OptionalLong referenceNs) {}

  /**
   * The trainee's last diagnosis against the right one.
   *
   * @param given what the trainee said last; empty where nothing was said
   * @param right whether that is right
   * @param correct the right diagnosis
   * @param why why the given one is right or wrong
   */
  public record Answer(String given, boolean right, String correct, String why) {}

  /**
   * Something that should have been done.
   *
   * @param text what
   * @param why why
   * @param doneNs when the trainee saw to it, plant ns; absent where it was not done
   */
  public record Duty(String text, String why, OptionalLong doneNs) {}

  /**
   * Something that was done and should not have been.
   *
   * @param atNs when, plant ns
   * @param text what
   * @param effect what it did to the detector
   * @param why why it is wrong
   */
  public record Mistake(long atNs, String text, String effect, String why) {}

  /**
   * What became of the data.
   *
   * @param lostNs how long data were bad, plant ns
   * @param elapsedNs how long the drill ran, plant ns
   * @param meaning when data count as bad, in words
   */
  public record Loss(long lostNs, long elapsedNs, String meaning) {}

  /**
   * The course of one channel.
   *
   * @param channel the channel
   * @param points in order of time
   */
  public record Trace(ChannelId channel, List<Point> points) {
    public Trace {
      points = List.copyOf(points);
    }
  }

  /**
   * One point of a trace.
   *
   * @param atNs when, plant ns
   * @param value in the channel's unit; a choice counts by its index
   */
  public record Point(long atNs, double value) {}
}
