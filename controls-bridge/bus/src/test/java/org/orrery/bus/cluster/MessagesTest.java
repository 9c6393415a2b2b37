package org.orrery.bus.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.orrery.bus.Endpoint;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Topic;
import org.orrery.bus.Topics;
import org.orrery.bus.wire.WireException;
import org.orrery.bus.wire.message.MessageCodec;
import org.orrery.contract.Person;
import org.orrery.contract.command.WritingRequest;

/** Everything that goes between processes on the event bus, as bytes and back. */
class MessagesTest {
  private static final int VALUES = 200;

  static Stream<Type> everything() throws IllegalAccessException {
    List<Type> types = new java.util.ArrayList<>();
    for (Field field : Endpoints.class.getFields()) {
      if (field.get(null) instanceof Endpoint<?, ?> endpoint) {
        EndpointTypes.Types pair = EndpointTypes.of(endpoint);
        types.addAll(List.of(pair.request(), pair.reply()));
      }
    }
    LiveTopics.ALL.forEach(live -> types.add(live.topic().type()));
    return types.stream().distinct();
  }

  @ParameterizedTest
  @MethodSource("everything")
  void shouldComeBackAsItWas(Type type) {
    long seed = new Random().nextLong();
    Anything anything = new Anything(seed);
    int made = 0;
    for (int i = 0; i < VALUES; i++) {
      // Given
      Optional<Object> value = anything.of(type);
      if (value.isEmpty()) {
        continue;
      }
      made++;

      // When
      Object back = MessageCodec.decode(type, MessageCodec.encode(type, value.get()));

      // Then
      assertThat(back).as("seed %d", seed).isEqualTo(value.get());
    }
    assertThat(made).as("values of %s with seed %d", type.getTypeName(), seed).isPositive();
  }

  @ParameterizedTest
  @MethodSource("everything")
  void shouldRefuseBytesThatWereChangedOrReadAnotherValueButNeverFailOtherwise(Type type) {
    // Given
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Optional<Object> value = new Anything(seed).of(type);
    byte[] bytes = MessageCodec.encode(type, value.orElseThrow());
    for (int i = 0; i < VALUES; i++) {
      byte[] changed = Arrays.copyOf(bytes, random.nextInt(bytes.length + 8));
      if (changed.length > 0) {
        changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
      }
      try {
        // When
        MessageCodec.decode(type, changed);
      } catch (WireException e) {
        // Then
        assertThat(e).as("seed %d", seed).hasMessageContaining("message");
      }
    }
  }

  @Test
  void shouldRefuseWhatIsNotWhole() {
    // Given
    WritingRequest stop = new WritingRequest.Stop(new Person("vera", java.util.Set.of()), "smoke");
    byte[] bytes = MessageCodec.encode(WritingRequest.class, stop);

    // When, Then
    assertThat(MessageCodec.decode(WritingRequest.class, bytes)).isEqualTo(stop);
    assertThatThrownBy(
            () -> MessageCodec.decode(WritingRequest.class, Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(WireException.class);
    assertThatThrownBy(
            () -> MessageCodec.decode(WritingRequest.class, Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("1 bytes too many");
  }

  @Test
  void shouldCarryEveryTopicThatThereIs() throws IllegalAccessException {
    // Given
    List<String> byTheLogAlone =
        Stream.of(Topics.FINDINGS, Topics.DIAGNOSES, Topics.DQM_HISTOGRAMS)
            .map(Topic::address)
            .toList();
    String toldByEachBusItself = Topics.PROCESS_AWAY.address();

    // When, Then
    for (Field field : Topics.class.getFields()) {
      if (field.get(null) instanceof Topic<?> topic) {
        assertThat(
                LiveTopics.of(topic.address()) != null
                    || byTheLogAlone.contains(topic.address())
                    || topic.address().equals(toldByEachBusItself))
            .as("%s goes to other processes; add it to LiveTopics or EventLog", field.getName())
            .isTrue();
      }
    }
  }

  @Test
  void shouldRefuseTypesThatAreNotOfTheVocabulary() {
    // When, Then
    assertThatThrownBy(() -> MessageCodec.encode(Object.class, new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Object");
  }

  @Test
  void shouldTellAnotherShapeApart() {
    // When, Then
    assertThat(MessageCodec.shape(List.of(WritingRequest.class)))
        .isNotEqualTo(MessageCodec.shape(List.of(Person.class)))
        .isEqualTo(MessageCodec.shape(List.of(WritingRequest.class)));
    assertThat(ClusterBus.shape()).isEqualTo(ClusterBus.shape()).hasSizeGreaterThan(16);
  }
}
