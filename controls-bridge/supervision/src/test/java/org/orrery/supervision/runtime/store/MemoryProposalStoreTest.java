package org.orrery.supervision.runtime.store;

class MemoryProposalStoreTest extends ProposalStoreTck {
  private final ProposalStore store = new MemoryProposalStore();

  @Override
  ProposalStore store() {
    return store;
  }
}
