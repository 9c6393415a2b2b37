package org.orrery.epics.corepva;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What the library's failed futures say. Stateless. */
final class Answers {
  /** Stands before the server's status in the library's message of a put that was refused. */
  private static final String REFUSED = " failed with ";

  private Answers() {}

  /** The reason of a failure, never empty. */
  static String why(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause == null) {
      return "no answer";
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** The server's words when it refused a put; empty when it failed otherwise. */
  static Optional<String> refusal(Throwable failure) {
    String message = why(failure);
    int at = message.indexOf(REFUSED);
    if (at < 0) {
      return Optional.empty();
    }
    String status = message.substring(at + REFUSED.length());
    int trace = status.indexOf('\n'); // the library writes the server's stack trace behind it
    status = trace < 0 ? status : status.substring(0, trace);
    int colon = status.indexOf(": ");
    return Optional.of(colon < 0 ? status : status.substring(colon + 2));
  }
}
