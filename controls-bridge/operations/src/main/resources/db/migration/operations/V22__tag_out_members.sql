-- The devices that a tag-out meant when it was set; none for one from before this was kept.
alter table tag_out add column members text[] not null default '{}';
