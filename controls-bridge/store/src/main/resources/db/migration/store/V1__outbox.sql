-- Messages that a committed transaction owes to the log; removed once the log has acknowledged them.
create table outbox (
  id          bigserial primary key,
  transaction xid8        not null default pg_current_xact_id(),
  topic       text        not null,
  key         text        not null,
  payload     bytea       not null,
  created     timestamptz not null default now()
);
