CREATE TABLE account (
  name          text PRIMARY KEY,
  roles         text[] NOT NULL,
  password_hash text NOT NULL,
  changed_at    timestamptz NOT NULL DEFAULT now()
);
