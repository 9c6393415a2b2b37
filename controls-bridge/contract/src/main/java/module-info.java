/** The vocabulary of Orrery: see {@link org.orrery.contract}. */
module org.orrery.contract {
  requires static transitive org.jspecify;

  exports org.orrery.contract;
  exports org.orrery.contract.alarm;
  exports org.orrery.contract.audit;
  exports org.orrery.contract.command;
  exports org.orrery.contract.diagnosis;
  exports org.orrery.contract.facility;
  exports org.orrery.contract.health;
  exports org.orrery.contract.history;
  exports org.orrery.contract.operations;
  exports org.orrery.contract.proposal;
  exports org.orrery.contract.sample;
  exports org.orrery.contract.time;
  exports org.orrery.contract.twin;
  exports org.orrery.contract.value;
}
