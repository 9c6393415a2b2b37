-- Which channels are saved together, in which order; a version is never changed.
create table snapshot_set (
  name       text    not null,
  version    integer not null,
  title      text    not null,
  defined_by text    not null,
  at_ns      bigint  not null,
  primary key (name, version)
);
create table snapshot_set_item (
  name     text    not null,
  version  integer not null,
  stage_no integer not null,
  item_no  integer not null,
  stage    text    not null,
  pattern  text    not null,
  absolute double precision,
  relative double precision,
  primary key (name, version, stage_no, item_no),
  foreign key (name, version) references snapshot_set
);

-- What channels showed at one instant; plant_ns is plant time, wall_ns wall time. The hash covers the entries as well.
create table snapshot (
  id          text    primary key,
  name        text    not null,
  comment     text    not null,
  saved_by    text    not null,
  plant_ns    bigint  not null,
  wall_ns     bigint  not null,
  set_name    text    not null,
  set_version integer not null,
  stages      text[]  not null,
  missing     text[]  not null,
  channels    integer not null,
  not_good    integer not null,
  hash        bytea   not null
);
create table snapshot_entry (
  snapshot  text    not null references snapshot,
  position  integer not null,
  channel   text    not null,
  stage     integer not null,
  value     text    not null,
  unit      text    not null,
  severity  text    not null,
  quality   text    not null,
  source_ns bigint  not null,
  readback  text,
  absolute  double precision not null,
  relative  double precision not null,
  primary key (snapshot, position)
);

-- Two people's word that a snapshot is how the facility should be in a mode; wall time.
create table snapshot_golden (
  snapshot       text   not null references snapshot,
  mode           text   not null,
  proposed_by    text   not null,
  proposed_at_ns bigint not null,
  agreed_by      text,
  agreed_at_ns   bigint,
  primary key (snapshot, mode),
  check (agreed_by <> proposed_by)
);

-- What was saved, defined or agreed is never changed, whoever tries.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'snapshots, their sets and golden marks are never changed; save or define a new one';
end $$;
create trigger snapshot_set_stays before update or delete on snapshot_set
  for each row execute function refuse_change();
create trigger snapshot_set_item_stays before update or delete on snapshot_set_item
  for each row execute function refuse_change();
create trigger snapshot_stays before update or delete on snapshot
  for each row execute function refuse_change();
create trigger snapshot_entry_stays before update or delete on snapshot_entry
  for each row execute function refuse_change();
create trigger snapshot_golden_stays before update on snapshot_golden
  for each row when (old.agreed_by is not null) execute function refuse_change();
create trigger snapshot_golden_remains before delete on snapshot_golden
  for each row execute function refuse_change();
