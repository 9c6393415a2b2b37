import { useState } from "react";
import { api, ApiError } from "../../api/client";
import { session } from "../../live/session";

/** Sends what the trainee says and does; one at a time. */
export function useDrill(): {
  busy: boolean;
  error: unknown;
  send: (what: Parameters<typeof api.drill>[0], body: unknown, then?: () => void) => void;
} {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = (
    what: Parameters<typeof api.drill>[0],
    body: unknown,
    then: () => void = () => undefined,
  ): void => {
    setBusy(true);
    setError(null);
    api
      .drill(what, body)
      .then(then, (problem: unknown) => {
        if (problem instanceof ApiError) {
          session.noticed(problem);
        }
        setError(problem);
      })
      .finally(() => setBusy(false));
  };
  return { busy, error, send };
}
