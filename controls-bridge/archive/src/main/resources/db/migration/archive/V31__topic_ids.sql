-- Which topic of that name the position is in: a topic that was deleted and made anew has another id,
-- and offsets that look like the old ones. Null until its reader next comes.
alter table kafka_offset add column topic_id text;
