-- Alarms that are not normal: what is remembered over a restart.
create table alarm_state (
  channel          text    not null,
  kind             text    not null,
  state            text    not null,
  severity         text    not null,
  message          text    not null,
  raised_ns        bigint  not null,
  changed_ns       bigint  not null,
  acknowledged_by  text,
  priority         text    not null,
  response         text    not null,
  first_out        boolean not null,
  primary key (channel, kind)
);

-- Every step in the life of every alarm; times are plant time.
create table alarm_transition (
  id          bigint  generated always as identity primary key,
  at_ns       bigint  not null,
  channel     text    not null,
  kind        text    not null,
  from_state  text    not null,
  to_state    text    not null,
  severity    text    not null,
  message     text    not null,
  by_whom     text    not null,
  first_out   boolean not null
);

create index alarm_transition_by_time on alarm_transition (at_ns);
create index alarm_transition_by_channel on alarm_transition (channel, at_ns);
