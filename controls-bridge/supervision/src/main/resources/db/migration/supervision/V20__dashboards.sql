-- The name under which dashboards read; times are wall time.
create view dashboard_proposal as
  select id, state, terminal, created_at_ns, changed_at_ns from proposal;
