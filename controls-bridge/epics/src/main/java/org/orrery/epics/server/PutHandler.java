package org.orrery.epics.server;

import java.util.concurrent.CompletionStage;
import org.orrery.contract.value.Value;

/**
 * Decides about the puts to one PV. Called on a library thread, which it must not block; the answer
 * may come later and from any thread. A handler that takes a value posts the new state itself. An
 * exception, thrown or in the stage, refuses the put.
 */
@FunctionalInterface
public interface PutHandler {
  /**
   * A client asks to write this value.
   *
   * @param value fits the definition
   */
  CompletionStage<PutDecision> onPut(Value value);
}
