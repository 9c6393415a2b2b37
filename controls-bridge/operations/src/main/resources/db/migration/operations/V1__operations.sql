-- Runs as the DAQ counts them; start and stop are plant time.
create table run (
  number    bigint primary key,
  type      text   not null,
  start_ns  bigint not null,
  stop_ns   bigint
);

-- Devices that nobody may operate; wall time.
create table tag_out (
  device    text   primary key,
  owner     text   not null,
  reason    text   not null,
  since_ns  bigint not null
);

-- The one control token; no row while nobody holds it; wall time.
create table control (
  only_one  boolean primary key default true check (only_one),
  person    text    not null,
  since_ns  bigint  not null
);

-- Who did what to control and tag-outs; wall time.
create table control_event (
  id      bigint generated always as identity primary key,
  at_ns   bigint not null,
  person  text   not null,
  action  text   not null,
  subject text   not null,
  detail  text   not null
);
