package org.orrery.supervision.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.audit.AuditVerdict;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.supervision.Rig;
import org.orrery.supervision.runtime.audit.SigningKey;

/** Supervision on its rig, with the steps that its tests share. */
abstract class SupervisionCase {
  @TempDir private Path data;
  final FlakyStore store = new FlakyStore();
  Rig rig;

  @BeforeEach
  void start() {
    rig =
        new Rig(
            data,
            room -> {
              try {
                return new SupervisionVerticle(
                    room, Rig.CONFIG, AccessRules.OPEN, store, SigningKey.loadOrCreate(data));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  Proposal proposed() {
    rig.diagnosePumpStop();
    return rig.awaitState(ProposalState.AwaitingApproval.class);
  }

  List<String> writes() {
    return rig.executed.stream().map(c -> c.channel() + "=" + c.value().display()).toList();
  }

  void assertIntact() {
    assertThat(rig.ask(Endpoints.AUDIT_VERIFY, Nothing.NOTHING))
        .isInstanceOf(AuditVerdict.Intact.class);
  }

  static String why(Proposal proposal) {
    if (proposal.state() instanceof ProposalState.Aborted aborted) {
      return aborted.why();
    }
    return proposal.state() instanceof ProposalState.Held held ? held.why() : "";
  }
}
