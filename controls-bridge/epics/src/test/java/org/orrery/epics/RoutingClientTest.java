package org.orrery.epics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.orrery.contract.value.Value;
import org.orrery.epics.client.CaSettings;
import org.orrery.epics.client.GetReply;
import org.orrery.epics.client.PutReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.client.PvClients;
import org.orrery.epics.client.PvaOptions;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;

/** One client for both protocols, against a server of each. */
class RoutingClientTest extends PvRig {
  RoutingClientTest() {
    super(new PvAccessAdapter());
  }

  private PvClient open(List<HostPort> pva, List<HostPort> ca) {
    PvClientSettings settings =
        new PvClientSettings(
            pva,
            0,
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            16,
            1 << 24,
            PvaOptions.USUAL,
            ca.isEmpty() ? Optional.empty() : Optional.of(CaSettings.of(ca)));
    return closing(PvClients.open(settings));
  }

  private static double value(PvClient client, String address) throws Exception {
    GetReply reply = client.get(address, 30 * SECOND_NS).get();
    assertThat(reply).as(address).isInstanceOf(GetReply.Got.class);
    return ((GetReply.Got) reply).update().value().asDouble().orElseThrow();
  }

  @Test
  void shouldAskTheServerOfTheProtocolThatAnAddressNames() throws Exception {
    // Given
    PvServer pva = server();
    PvServer ca = closing(new PvCaAdapter().startServer(0, 0));
    serveVolts(pva, "T:V", 1);
    serveVolts(ca, "T:V", 2);
    List<Value> taken = new CopyOnWriteArrayList<>();
    ca.create(PvDefinition.writable("T:SET", VOLTS, accepting(taken)), volts(0));
    PvClient both = open(List.of(pva.searchAddress()), List.of(ca.searchAddress()));
    PvClient onlyCa = open(List.of(), List.of(ca.searchAddress()));
    // When
    Listening listening = new Listening();
    closing(both.subscribe("ca://T:SET", listening));
    listening.awaitUpdates(1);
    PutReply put = both.put("ca://T:SET", Value.of(-5.0), 30 * SECOND_NS).get();
    // Then
    assertThat(value(both, "pva://T:V")).isEqualTo(1);
    assertThat(value(both, "ca://T:V")).isEqualTo(2);
    assertThat(value(both, "T:V")).isEqualTo(1);
    assertThat(value(onlyCa, "T:V")).isEqualTo(2);
    assertThat(put).isEqualTo(new PutReply.Completed());
    assertThat(taken).containsExactly(Value.of(-5.0));
    assertThat(both.statistics().puts()).isEqualTo(1);
    assertThat(both.call("ca://T:V", Map.of(), SECOND_NS).get())
        .isInstanceOfSatisfying(
            CallReply.Failed.class, no -> assertThat(no.why()).contains("no remote procedure"));
  }

  @Test
  void shouldNameTheRemedyWhereNoServerCouldHaveAPv() throws Exception {
    // Given
    PvServer pva = server();
    PvClient client = open(List.of(pva.searchAddress()), List.of());
    // When
    PutReply put = client.put("ca://T:V", Value.of(1.0), SECOND_NS).get();
    // Then
    assertThatThrownBy(() -> client.subscribe("ca://T:V", new Listening()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'ca://T:V' needs Channel Access")
        .hasMessageContaining("controls.ca-servers");
    assertThatThrownBy(() -> client.subscribe("tango://T:V", new Listening()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'tango://T:V' names no protocol")
        .hasMessageContaining("write pva://NAME or ca://NAME");
    assertThat(put)
        .isInstanceOfSatisfying(
            PutReply.Rejected.class,
            no -> {
              assertThat(no.mayHaveBeenWritten()).isFalse();
              assertThat(no.message()).contains("controls.ca-servers");
            });
  }
}
