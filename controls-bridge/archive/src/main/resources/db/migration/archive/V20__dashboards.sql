-- What dashboards show beside samples. All times are plant time.

create table described_channel (
  id          text primary key,
  subsystem   text not null,
  unit        text not null,
  description text not null
);

-- The twin's belief at the end of each minute.
create table twin_minute (
  minute_ns  bigint primary key,
  at_ns      bigint           not null,
  agreement  text             not null,
  innovation double precision not null,
  hypothesis text
);

-- "low" and "high" are the 5 % and 95 % quantiles of what a reading was expected to be; of a
-- parameter, which nobody reads, those of the parameter itself.
create table twin_estimate (
  quantity  text             not null,
  minute_ns bigint           not null,
  parameter boolean          not null,
  low       double precision not null,
  expected  double precision not null,
  high      double precision not null,
  measured  double precision,
  unit      text             not null,
  primary key (quantity, minute_ns)
);
create index twin_estimate_by_time on twin_estimate (minute_ns);

create table finding (
  id           text primary key,
  detector     text             not null,
  title        text             not null,
  channel      text             not null,
  from_ns      bigint           not null,
  to_ns        bigint           not null,
  score        double precision not null,
  p_value      double precision not null,
  completeness double precision not null,
  active       boolean          not null
);
create index finding_by_time on finding (to_ns);

create table diagnosis (
  id           text primary key,
  finding      text             not null,
  at_ns        bigint           not null,
  onset_ns     bigint           not null,
  cause        text             not null,
  probability  double precision not null,
  completeness double precision not null
);
create index diagnosis_by_time on diagnosis (at_ns);

-- The names under which dashboards read; a role that may read these may read nothing else.
create view dashboard_channel as
  select id, subsystem, unit, description from described_channel;

create view dashboard_minute as
  select c.id as channel, r.minute_ns, r.n, r.min, r.max, r.sum / nullif(r.n, 0) as mean, r.last,
    r.severity
  from rollup r join channel c on c.number = r.channel;

create view dashboard_gap as
  select c.id as channel, g.from_ns, g.to_ns, g.reason
  from gap g join channel c on c.number = g.channel;

create view dashboard_twin as
  select minute_ns, at_ns, agreement, innovation, hypothesis from twin_minute;

create view dashboard_estimate as
  select e.quantity, e.minute_ns, e.parameter, e.low, e.expected, e.high, e.measured,
    coalesce(nullif(e.unit, ''), d.unit, '') as unit
  from twin_estimate e left join described_channel d on d.id = e.quantity;

create view dashboard_finding as
  select id, detector, title, channel, from_ns, to_ns, score, p_value, completeness, active
  from finding;

create view dashboard_diagnosis as
  select id, finding, at_ns, onset_ns, cause, probability, completeness from diagnosis;
