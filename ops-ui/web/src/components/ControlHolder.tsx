import { useState } from "react";
import { api } from "../api/client";
import { useUser } from "../live/session";
import { useLive } from "../live/store";
import { Problem } from "./Problem";
import { SignInDialog } from "./SignIn";

/** Who holds control of the detector, for all to see, and the button to take or give it up. */
export function ControlHolder() {
  const user = useUser();
  const holder = useLive((state) => state.snapshot?.operations.control ?? null);
  const mode = useLive((state) => state.snapshot?.operations.mode ?? "");
  const [error, setError] = useState<unknown>(null);
  const [signIn, setSignIn] = useState(false);
  const mine = user !== null && holder?.person === user.name;
  const ask = (): void => {
    if (user === null) {
      setSignIn(true);
      return;
    }
    const taken = holder !== null && !mine;
    if (taken && !window.confirm(`${holder.person} holds control. Take it over?`)) {
      return;
    }
    setError(null);
    api.control(mine ? "RELEASE" : taken ? "FORCE" : "TAKE").catch(setError);
  };
  return (
    <div className="control">
      <span className="clock-label">{mode === "" ? "control" : `mode ${mode} · control`}</span>
      <strong className="control-name">{holder === null ? "nobody" : holder.person}</strong>
      <button type="button" className="quiet" onClick={ask}>
        {mine ? "Release" : "Take control"}
      </button>
      {error !== null && (
        <div className="popover">
          <Problem error={error} />
        </div>
      )}
      {signIn && <SignInDialog why="To take control, sign in." onClose={() => setSignIn(false)} />}
    </div>
  );
}
