-- The newest of the samples of each channel that are no longer kept. What an earlier version forgot
-- is not in it.
create table last_forgotten (like sample, primary key (channel));
