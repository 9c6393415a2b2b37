-- How many changes led to what tag_out, control and device_lock hold; whichever of file and tables has the higher number is newer.
create table state_revision (
  only_one  boolean primary key default true check (only_one),
  revision  bigint  not null
);
