package org.orrery.supervision;

import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.function.Consumer;
import org.orrery.bus.RoomContext;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.audit.AuditRecord;
import org.orrery.contract.audit.AuditVerdict;
import org.orrery.store.Database;
import org.orrery.supervision.runtime.SupervisionVerticle;
import org.orrery.supervision.runtime.audit.AuditVerifier;
import org.orrery.supervision.runtime.audit.HeadFile;
import org.orrery.supervision.runtime.audit.SigningKey;
import org.orrery.supervision.runtime.json.RecordJson;
import org.orrery.supervision.runtime.store.MemoryProposalStore;
import org.orrery.supervision.runtime.store.PostgresProposalStore;
import org.orrery.supervision.runtime.store.ProposalStore;

/** Makes the room of supervision. Stateless. */
public final class SupervisionModule {
  private static final int EXPORT_PAGE = 500;

  private SupervisionModule() {}

  /**
   * Makes the verticle; deploy one, on an event loop. It keeps its key and the witness of the audit
   * chain in its own folder, and its record in its schema.
   *
   * @param access who may approve what, beside their role
   * @param database the schema {@code supervision}
   * @throws IOException if the signing key cannot be read or made
   */
  public static VerticleBase create(
      RoomContext context, SupervisionConfig config, AccessRules access, Database database)
      throws IOException {
    return new SupervisionVerticle(
        context, config, access, new PostgresProposalStore(database), keyOf(context.data()));
  }

  /**
   * Makes the verticle with its record in memory, for runs in which nothing needs to survive the
   * process.
   *
   * @throws IOException if the signing key cannot be read or made
   */
  public static VerticleBase createInMemory(RoomContext context, SupervisionConfig config)
      throws IOException {
    return new SupervisionVerticle(
        context, config, AccessRules.OPEN, new MemoryProposalStore(), keyOf(context.data()));
  }

  /**
   * The Ed25519 public key that the gate verifies commands with; the key is made where there is
   * none yet.
   *
   * @param folder supervision's own folder
   * @throws IOException if the key cannot be read or made
   */
  public static PublicKey publicKey(Path folder) throws IOException {
    return keyOf(folder).publicKey();
  }

  /**
   * Walks over the whole audit chain, also without a running system. Blocks.
   *
   * @param folder supervision's own folder, which holds the witness of the chain's end
   * @param database the schema {@code supervision}
   * @throws IOException if the signing key cannot be read
   */
  public static AuditVerdict verifyAudit(Path folder, Database database) throws IOException {
    return verifier(folder, new PostgresProposalStore(database)).verify();
  }

  /**
   * Hands out the whole audit chain in order, one entry as one line of JSON, also without a running
   * system. Blocks.
   *
   * @param database the schema {@code supervision}
   */
  public static void exportAudit(Database database, Consumer<String> line) {
    ProposalStore store = new PostgresProposalStore(database);
    long sequence = 0;
    for (List<AuditRecord> page = store.auditAfter(sequence, EXPORT_PAGE);
        !page.isEmpty();
        page = store.auditAfter(sequence, EXPORT_PAGE)) {
      page.forEach(entry -> line.accept(RecordJson.write(entry)));
      sequence = page.getLast().sequence();
    }
  }

  private static AuditVerifier verifier(Path folder, ProposalStore store) throws IOException {
    return new AuditVerifier(store, new HeadFile(folder, keyOf(folder)));
  }

  private static SigningKey keyOf(Path folder) throws IOException {
    return SigningKey.loadOrCreate(folder);
  }
}
