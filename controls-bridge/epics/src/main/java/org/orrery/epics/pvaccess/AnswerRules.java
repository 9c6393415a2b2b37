package org.orrery.epics.pvaccess;

import java.nio.ByteBuffer;
import org.epics.pvaccess.impl.remote.request.ResponseRequest;

/**
 * What a server may send. An answer that is too large ends only the request that it is for, so that
 * one large image does not take all PVs of its server away. Thread-safe.
 */
final class AnswerRules implements MessageIntake.Rules {
  private final ClientContext context;
  private final int mostBytes;

  AnswerRules(ClientContext context, int mostBytes) {
    this.context = context;
    this.mostBytes = mostBytes;
  }

  @Override
  public boolean skips(byte command, int requestId) {
    if (!AnswerGuard.ANSWERS.contains(command)) {
      return false;
    }
    ResponseRequest request = context.getResponseRequest(requestId);
    if (request != null && request.getRequester() instanceof Refusable user) {
      user.refuse("its data are larger than " + mostBytes + " bytes");
    }
    return true;
  }

  @Override
  public boolean sound(byte command, ByteBuffer payload) {
    return true;
  }
}
