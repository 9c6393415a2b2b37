package org.orrery.epics.server;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.orrery.contract.value.Value;
import org.orrery.epics.CallReply;

/**
 * Answers the remote procedure calls to one service. Called on a library thread, which it must not
 * block; the answer may come later and from any thread. An exception, thrown or in the stage, fails
 * the call.
 */
@FunctionalInterface
public interface CallHandler {
  /**
   * A client calls.
   *
   * @param arguments by their names, in the order of the request
   */
  CompletionStage<CallReply> onCall(Map<String, Value> arguments);
}
