package org.orrery.epics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.orrery.epics.server.PvServer;

class PvAccessCallTest extends PvCallTck {
  PvAccessCallTest() {
    super(new PvAccessAdapter());
  }

  @Test
  void shouldFailInTheServicesWords() throws Exception {
    // Given
    PvServer server = server();
    server.createService(
        "T:NO", given -> CompletableFuture.completedStage(new CallReply.Failed("Tür öffnen")));
    // When
    CallReply reply = client(server).call("T:NO", Map.of(), 10 * SECOND_NS).get();
    // Then
    assertThat(reply).isEqualTo(new CallReply.Failed("T:NO: Tür öffnen"));
  }
}
