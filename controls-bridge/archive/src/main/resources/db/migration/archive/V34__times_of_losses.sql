-- What was lost of the log of samples is a gap in the answers of the channels of its partition: from
-- the newest sample that was stored before to the first one after it, by the times of their receipt,
-- plant ns. "to_ns" is null until that one comes; "from_ns" is null for what has no such time, and
-- for what was lost before this version.
alter table kafka_offset add column newest_ns bigint;
alter table loss add column from_ns bigint, add column to_ns bigint;
create index loss_with_time on loss (topic, partition) where from_ns is not null;
