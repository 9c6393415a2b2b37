package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlLineTest {

  @Test
  void shouldUnderstandAStartWithArguments() {
    // Given
    String line = "f8 start severity=0.5 ramp=600";
    // When
    ControlLine parsed = ControlLine.parse(line);
    // Then
    assertThat(parsed).isEqualTo(new ControlLine.Start("F8", List.of("severity=0.5", "ramp=600")));
  }

  @Test
  void shouldUnderstandWhichOneIsToEnd() {
    // Given
    String pump = "F5 clear pump=b";
    String sensor = "F21 clear channel=cryo.rtd.t07";
    // When / Then
    assertThat(ControlLine.parse(pump))
        .isEqualTo(new ControlLine.Clear("F5", Optional.of("pump-b")));
    assertThat(ControlLine.parse(sensor))
        .isEqualTo(new ControlLine.Clear("F21", Optional.of("cryo.rtd.t07")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "F99 start",
        "F5",
        "F5 explode",
        "F8 start severity=2",
        "F8 start severity=NaN",
        "F8 start ramp=-1",
        "F8 start colour=red",
        "F21 start",
        "F5 start pump=c",
        "F8 start pump=b",
        "F21 start channel=x",
        "F21 start channel=x bias=1 noise=2",
        "F21 start channel=x bias=much",
        "F5 start severity=1 severity=1",
        "key hv.cathode.remote SIDEWAYS"
      })
  void shouldSayWhatIsWrongWithALine(String line) {
    // Given
    Recorder recorder = new Recorder(1);
    // When
    CommandReply reply = recorder.simulator.command(line);
    // Then
    assertThat(reply.done()).isFalse();
    assertThat(reply.text()).isNotBlank();
    assertThat(recorder.simulator.truth()).isEmpty();
  }

  @Property
  void shouldNeverFailOnAnyLine(@ForAll String line, @ForAll("words") String tail) {
    // Given
    String start = "F21 start " + tail;
    // When
    ControlLine one = ControlLine.parse(line);
    // Then
    assertThat(one).isNotNull();
    assertThat(ControlLine.parse(start)).isNotNull();
  }

  @net.jqwik.api.Provide
  net.jqwik.api.Arbitrary<String> words() {
    return net.jqwik.api.Arbitraries.strings()
        .withChars("abcdeinorstuchl=.0123456789-/ ")
        .ofMaxLength(40);
  }

  @Test
  void shouldListAndClear() {
    // Given
    Recorder recorder = new Recorder(1);
    recorder.say("F5 start").say("F10 start");
    // When
    String list = recorder.simulator.command("list").text();
    // Then
    assertThat(list).contains("F5").contains("weather");
    recorder.say("F5 clear").say("clear all");
    assertThat(recorder.simulator.truth()).isEmpty();
    assertThat(recorder.simulator.command("F5 clear").done()).isFalse();
  }
}
