create table nonsense (id no_such_type);
