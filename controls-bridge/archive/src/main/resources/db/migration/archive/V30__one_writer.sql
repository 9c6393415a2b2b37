-- "raw_from_ns": raw samples of the channel before it were forgotten, and are in the roll-ups alone;
-- null where nothing ever was. "backfilled_to_ns": the newest back-filled sample at most; null for none.
alter table channel
  add column raw_from_ns      bigint,
  add column backfilled_to_ns bigint;

-- What was back-filled before this version has left no mark on its channel; it lies no later than
-- what is stored up to now, which is near enough and asks one row of each.
update channel c set backfilled_to_ns = (
  select max(minute_ns) + 60000000000 from rollup r
  where r.channel = c.number and r.minute_ns <= (select max(now_ns) from plant_clock));

-- One row, locked by whoever changes samples or roll-ups: one after the other, also from several
-- processes. "version" counts the changes of the columns above.
create table sample_turn (version bigint not null);
insert into sample_turn values (0);
