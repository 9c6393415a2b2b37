-- Samples that another archive knew, brought in later.
alter table sample add column backfilled boolean not null default false;

-- Channels whose raw samples are kept equally long form a group, and have numbers side by side:
-- slot * 4194304 up to the next slot. So a day of a group is one piece that can be dropped whole.
create table channel_group (
  slot int  not null primary key,
  name text not null unique
);
insert into channel_group values (0, '');
alter table channel alter column number drop identity;

-- m2 is the sum of squared deviations from the mean; NaN where it was not recorded.
alter table rollup
  add column m2 double precision not null default 'NaN',
  add column lost bigint not null default 0;
alter table rollup alter column m2 drop default;

-- How late it is at the plant, as told by the archive: one row.
create table plant_clock (now_ns bigint not null);

do $$
declare
  schema text := current_schema();
  day    bigint := 86400000000000;
begin
  if (select relkind = 'p' from pg_class where oid = format('%I.sample', schema)::regclass) then
    -- Kept in step by every insert, as the roll-ups by the minute are.
    create table rollup_hour (like rollup including all) with (fillfactor = 70);
    alter table rollup_hour rename column minute_ns to hour_ns;
    insert into rollup_hour
      (channel, hour_ns, n, min, max, sum, m2, last, last_ns, last_seq, lost, severity)
    select channel, minute_ns - mod(minute_ns, 3600000000000), sum(n), min(min), max(max), sum(sum),
      'NaN', (array_agg(last order by last_ns desc, last_seq desc))[1], max(last_ns),
      (array_agg(last_seq order by last_ns desc, last_seq desc))[1], sum(lost), max(severity)
    from rollup group by 1, 2;
    return;
  end if;

  execute format(
    'create function plant_now() returns bigint language sql stable as '
    '$f$ select coalesce(max(now_ns), 0) from %I.plant_clock $f$', schema);
  drop index if exists sample_source_time_ns_idx;
  perform set_integer_now_func('sample', 'plant_now');
  alter table sample set (
    timescaledb.compress,
    timescaledb.compress_segmentby = 'channel',
    timescaledb.compress_orderby = 'source_time_ns, sequence');
  perform add_compression_policy('sample', compress_after => 2 * day);

  perform create_hypertable('rollup', by_range('minute_ns', 7 * day),
    create_default_indexes => false, migrate_data => true);
  perform set_integer_now_func('rollup', 'plant_now');
  alter table rollup set (
    timescaledb.compress,
    timescaledb.compress_segmentby = 'channel',
    timescaledb.compress_orderby = 'minute_ns');
  perform add_compression_policy('rollup', compress_after => 14 * day);

  -- Deviations of parts about their own means become deviations about the common mean.
  create function merge_m2(state double precision[], n bigint, sum double precision,
    m2 double precision) returns double precision[] language sql immutable parallel safe as
  $f$
    select case
      when n = 0 then state
      when state[1] = 0 then array[n, sum, m2]
      else array[state[1] + n, state[2] + sum, state[3] + m2
        + power(state[2] / state[1] - sum / n, 2) * state[1] * n / (state[1] + n)]
    end
  $f$;
  create function m2_of(state double precision[]) returns double precision
    language sql immutable parallel safe as $f$ select state[3] $f$;
  create aggregate merged_m2(bigint, double precision, double precision) (
    sfunc = merge_m2, stype = double precision[], initcond = '{0,0,0}', finalfunc = m2_of,
    parallel = safe);

  -- From the minutes, which are kept for good: samples may be dropped without it losing anything.
  execute
    'create materialized view rollup_hour
       with (timescaledb.continuous, timescaledb.materialized_only = false) as
     select channel, time_bucket(3600000000000::bigint, minute_ns) as hour_ns,
       sum(n)::bigint as n, min(min) as min, max(max) as max, sum(sum) as sum,
       merged_m2(n, sum, m2) as m2, last(last, last_ns) as last, max(last_ns) as last_ns,
       last(last_seq, last_ns) as last_seq, sum(lost)::bigint as lost, max(severity) as severity
     from rollup group by 1, 2 with no data';
  perform add_continuous_aggregate_policy('rollup_hour', start_offset => null::bigint,
    end_offset => 7200000000000::bigint, schedule_interval => interval '1 minute');
end
$$;
