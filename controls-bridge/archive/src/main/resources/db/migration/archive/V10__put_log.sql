-- Every write that reached the gate as a genuine command, as it stands by the gate's journal: who had
-- what written where, and what came of it. Wall time. "record" is the whole, as the log carries it;
-- the other columns say the same for people and for searching. Of a command the highest sequence counts.
create table put_log (
  command          text   primary key,
  sequence         bigint not null,
  proposal         text   not null,
  step             int    not null,
  channel          text   not null,
  unit             text   not null,
  old_value        text,
  new_value        text   not null,
  asked_by         text   not null,
  approved_by      text[] not null,
  issued_ns        bigint not null,
  attempted_ns     bigint,
  at_ns            bigint not null,
  stand            text   not null,
  reason           text,
  detail           text   not null,
  readback         text,
  record           bytea  not null
);

create index put_log_issued on put_log (issued_ns desc);
create index put_log_channel on put_log (channel, issued_ns desc);
