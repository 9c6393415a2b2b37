-- A plan may have thousands of steps and changes state twice per step: what stays the same is stored once. Where plan
-- is null, an older version wrote the row and content is the whole proposal.
alter table proposal
  add column plan      text,
  add column evidence  text,
  add column rehearsed boolean not null default false;

-- What became of the steps, in order; rows are added, or the last one is completed.
create table step_record (
  proposal text    not null references proposal,
  position integer not null,
  content  text    not null,
  primary key (proposal, position)
);
