-- What is 0, false or empty of a sample (no loss before, a double, no alarm, good, neither late nor
-- back-filled) is null from now on: every row has nulls anyway, and one more takes no room. Rows
-- that are there stay as they are and mean the same. TimescaleDB compresses it away instead.
do $$
begin
  if (select relkind = 'p' from pg_class
      where oid = format('%I.sample', current_schema())::regclass) then
    alter table sample
      alter column lost_before drop not null,
      alter column kind drop not null,
      alter column severity drop not null,
      alter column quality drop not null,
      alter column late drop not null,
      alter column backfilled drop not null,
      alter column backfilled drop default;
  end if;
end
$$;
