-- The names under which dashboards read; times are plant time.
create view dashboard_alarm as
  select channel, kind, state, severity, message, raised_ns, changed_ns, acknowledged_by, priority,
    response, first_out
  from alarm_state;

create view dashboard_transition as
  select at_ns, channel, kind, from_state, to_state, severity, message, by_whom, first_out
  from alarm_transition;
