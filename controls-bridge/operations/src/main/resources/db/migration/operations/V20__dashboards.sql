-- The name under which dashboards read; times are plant time.
create view dashboard_run as select number, type, start_ns, stop_ns from run;
