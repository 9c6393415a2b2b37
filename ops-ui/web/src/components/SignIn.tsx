import { type SyntheticEvent, useState } from "react";
import { session, useUser } from "../live/session";
import { Dialog } from "./Dialog";
import { Problem } from "./Problem";

export function SignIn() {
  const user = useUser();
  const [open, setOpen] = useState(false);
  if (user === null) {
    return (
      <div className="person">
        <button type="button" data-testid="sign-in-open" onClick={() => setOpen(true)}>
          Sign in
        </button>
        {open && <SignInDialog onClose={() => setOpen(false)} />}
      </div>
    );
  }
  return (
    <div className="person">
      <span className="clock-label">signed in</span>
      <strong data-testid="user-name">{user.name}</strong>
      <button type="button" className="quiet" onClick={() => void session.signOut()}>
        Sign out
      </button>
    </div>
  );
}

export function SignInDialog({ onClose, why }: { onClose: () => void; why?: string }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setBusy(true);
    session
      .signIn(name, password)
      .then(onClose, setError)
      .finally(() => setBusy(false));
  };
  return (
    <Dialog title="Sign in" onClose={onClose}>
      {why !== undefined && <p>{why}</p>}
      <form onSubmit={submit}>
        <label>
          Name
          <input
            data-testid="sign-in-name"
            autoComplete="username"
            autoFocus
            required
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label>
          Password
          <input
            data-testid="sign-in-password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        <Problem error={error} />
        <div className="buttons">
          <button type="button" className="quiet" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="primary" data-testid="sign-in-submit" disabled={busy}>
            Sign in
          </button>
        </div>
      </form>
    </Dialog>
  );
}
