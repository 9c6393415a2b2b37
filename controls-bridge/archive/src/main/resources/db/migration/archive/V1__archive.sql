-- Samples of all channels. Times are plant time in ns since the epoch, as EPICS tells them.

create table channel (
  number int  generated always as identity primary key,
  id     text not null unique
);

-- Columns from wide to narrow, so that no row holds padding. A value stands in the column of its
-- kind; the label of a choice stands in "text". The codes are those of org.orrery.archive.core.
create table sample_shape (
  source_time_ns   bigint   not null,
  sequence         bigint   not null,
  received_time_ns bigint   not null,
  channel          int      not null,
  lost_before      int      not null,
  kind             smallint not null,
  severity         smallint not null,
  quality          smallint not null,
  late             boolean  not null,
  number           double precision,
  integer          bigint,
  choice           int,
  text             text,
  bytes            bytea,
  status           text
);

do $$
begin
  if exists (select from pg_available_extensions where name = 'timescaledb') then
    -- TimescaleDB: not verified on the machines where Orrery is built, which do not have it.
    create extension if not exists timescaledb;
    create table sample (like sample_shape);
    perform create_hypertable(
      format('%I.sample', current_schema())::regclass,
      by_range('source_time_ns', 86400000000000));
  else
    create table sample (like sample_shape) partition by range (source_time_ns);
    -- Times that no plant can have, such as a device whose clock was never set.
    create table sample_elsewhen partition of sample default;
  end if;
end
$$;

drop table sample_shape;
alter table sample add primary key (channel, source_time_ns, sequence);

-- One row per channel and minute of plant time, kept in step with every insert. Numbers of samples
-- of quality BAD or DISCONNECTED, and those that are not finite, count for the severity alone.
create table rollup (
  minute_ns  bigint           not null,
  last_ns    bigint           not null,
  last_seq   bigint           not null,
  n          bigint           not null,
  min        double precision not null,
  max        double precision not null,
  sum        double precision not null,
  last       double precision not null,
  channel    int              not null,
  severity   smallint         not null,
  primary key (channel, minute_ns)
) with (fillfactor = 70);

-- Where reading goes on; changes in the transaction that stores the samples before it.
create table kafka_offset (
  cluster     text   not null,
  topic       text   not null,
  partition   int    not null,
  next_offset bigint not null,
  primary key (cluster, topic, partition)
);

-- When a channel told nothing, and why. "to_ns" is null while it lasts.
create table gap (
  channel int    not null,
  from_ns bigint not null,
  to_ns   bigint,
  reason  text   not null,
  primary key (channel, from_ns)
);

-- What the log held and the archive could not take: counted, with its reason, never silent.
create table loss (
  id          bigserial primary key,
  topic       text   not null,
  partition   int    not null,
  from_offset bigint not null,
  to_offset   bigint not null,
  reason      text   not null
);
