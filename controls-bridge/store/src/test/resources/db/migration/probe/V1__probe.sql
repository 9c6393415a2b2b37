create table reading (id bigint primary key, text text not null);
