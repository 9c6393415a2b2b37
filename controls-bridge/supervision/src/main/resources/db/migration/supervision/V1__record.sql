-- Proposals as they stand. The content is the whole proposal; the columns beside it are for finding and for people.
create table proposal (
  id            text    primary key,
  version       bigint  not null,
  state         text    not null,
  terminal      boolean not null,
  plan_hash     bytea   not null,
  created_at_ns bigint  not null,
  changed_at_ns bigint  not null,
  content       text    not null
);
create index proposal_open on proposal (id) where not terminal;

-- The hash-chained record. Rows are only ever added; the chain tells when that was not so.
create table audit (
  sequence      bigint primary key,
  at_ns         bigint not null,
  actor         text   not null,
  action        text   not null,
  subject       text   not null,
  content       text   not null,
  previous_hash bytea  not null,
  hash          bytea  not null
);
create index audit_subject on audit (subject, sequence);

-- The end of the chain; its one row is locked by whoever adds to the chain.
create table audit_head (
  one      boolean primary key default true check (one),
  sequence bigint  not null,
  hash     bytea   not null
);
insert into audit_head (sequence, hash) values (0, decode(repeat('00', 32), 'hex'));
