-- Devices, or groups of them, that somebody has reserved until a time; wall time.
create table device_lock (
  device    text   primary key,
  owner     text   not null,
  reason    text   not null,
  since_ns  bigint not null,
  until_ns  bigint not null
);
