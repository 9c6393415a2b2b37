package org.orrery.alarms.runtime.phoebus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.orrery.alarms.core.phoebus.PhoebusMessage;
import org.orrery.alarms.core.phoebus.PhoebusPath;
import org.orrery.alarms.core.phoebus.PhoebusSeverity;

class PhoebusJsonTest {
  @Test
  void shouldReadWhatPhoebusWrites() throws Exception {
    // When
    List<PhoebusMessage> messages = new ArrayList<>();
    for (Specimens.Message message : Specimens.topic()) {
      PhoebusJson.decode(message.key(), message.value()).ifPresent(messages::add);
    }

    // Then
    assertThat(messages).hasSize(11);
    assertThat(messages.get(0))
        .isEqualTo(
            new PhoebusMessage.BranchConfigured(
                PhoebusPath.parse("/Detector/Purification"),
                List.of("Pumps: Look at the flow first.")));
    assertThat(messages.get(1))
        .isEqualTo(
            new PhoebusMessage.LeafConfigured(
                PhoebusPath.parse("/Detector/Purification/LAR:FLOW"),
                new PhoebusMessage.LeafConfig("Flow of argon", true, "", List.of())));
    assertThat(messages.get(2).path().name()).isEqualTo("pva://LAR:LEVEL");
    assertThat(messages.get(4))
        .extracting(m -> ((PhoebusMessage.LeafConfigured) m).config().enabled())
        .isEqualTo(false);
    assertThat(messages.get(5))
        .extracting(m -> ((PhoebusMessage.LeafConfigured) m).config().enabledAgain())
        .isEqualTo("2031-01-01T08:00:00");
    assertThat(messages.get(6))
        .isEqualTo(
            new PhoebusMessage.StateTold(
                PhoebusPath.parse("/Detector/Purification/LAR:FLOW"),
                new PhoebusMessage.LeafState(
                    PhoebusSeverity.MAJOR,
                    "LOLO",
                    "0.02",
                    1_700_000_000_000_000_005L,
                    PhoebusSeverity.MAJOR,
                    "LOLO"),
                false));
    assertThat(messages.get(10))
        .isEqualTo(new PhoebusMessage.BranchState(PhoebusPath.parse("/Detector"), false));
  }

  @Test
  void shouldTakeTombstonesAndPassOverTheNoteBeforeThem() throws Exception {
    // Then
    assertThat(PhoebusJson.decode("config:/D/X", "{\"user\":\"a\",\"delete\":\"Deleting\"}"))
        .isEmpty();
    assertThat(PhoebusJson.decode("config:/D/X", null))
        .contains(new PhoebusMessage.ConfigRemoved(PhoebusPath.parse("/D/X")));
    assertThat(PhoebusJson.decode("state:/D/X", null))
        .contains(new PhoebusMessage.StateRemoved(PhoebusPath.parse("/D/X")));
    assertThat(PhoebusJson.decode("state:/D", "{\"severity\":\"OK\",\"mode\":\"maintenance\"}"))
        .contains(new PhoebusMessage.BranchState(PhoebusPath.parse("/D"), true));
  }

  @Test
  void shouldWriteAnAcknowledgementAsAClientDoesAndReadOneBack() throws Exception {
    // When
    String json = PhoebusJson.acknowledge("vera", "console");

    // Then
    assertThat(new JsonObject(json).getMap())
        .containsExactly(
            Map.entry("user", "vera"),
            Map.entry("host", "console"),
            Map.entry("command", "acknowledge"));
    assertThat(PhoebusJson.decode("command:/D/X", json))
        .contains(new PhoebusMessage.Commanded(PhoebusPath.parse("/D/X"), "vera", true));
    assertThat(PhoebusJson.decode("command:/D", "{\"command\":\"maintenance\"}")).isEmpty();
  }

  @Test
  void shouldSayWhatItCannotRead() {
    assertThatThrownBy(() -> PhoebusJson.decode("state:/D/X", "{\"severity\":\"AWFUL\"}"))
        .isInstanceOf(PhoebusJson.UnreadableException.class)
        .hasMessageContaining("'state:/D/X'")
        .hasMessageContaining("AWFUL");
    assertThatThrownBy(() -> PhoebusJson.decode("state:/D/X", "{}"))
        .hasMessageContaining("no 'severity'");
  }

  @Test
  void shouldTakeNullForLeftOut() throws Exception {
    // When
    String state =
        "{\"severity\":\"MAJOR\",\"current_severity\":\"MAJOR\",\"message\":null,\"value\":null,"
            + "\"time\":{\"seconds\":5,\"nano\":null},\"current_message\":null}";
    String config = "{\"description\":null,\"guidance\":[null,{\"title\":null,\"details\":\"d\"}]}";

    // Then
    assertThat(PhoebusJson.decode("state:/D/X", state))
        .containsInstanceOf(PhoebusMessage.StateTold.class);
    assertThat(
            PhoebusJson.decode(
                "state:/D/X", state.replace("{\"seconds\":5,\"nano\":null}", "null")))
        .containsInstanceOf(PhoebusMessage.StateTold.class);
    assertThat(PhoebusJson.decode("config:/D/X", config))
        .hasValueSatisfying(
            message ->
                assertThat(((PhoebusMessage.LeafConfigured) message).config().guidance())
                    .containsExactly("d"));
  }

  @Property(tries = 1_000)
  void shouldReadOrRefuseWhateverComes(@ForAll String key, @ForAll String value) {
    for (String type : List.of("config:/", "state:/", "command:/", "")) {
      String refusal = "it is no message";
      try {
        PhoebusJson.decode(type + key, value);
      } catch (PhoebusJson.UnreadableException e) {
        refusal = String.valueOf(e.getMessage());
      }
      assertThat(refusal).contains("is no message");
    }
  }
}
