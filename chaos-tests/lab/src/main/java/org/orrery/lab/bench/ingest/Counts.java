package org.orrery.lab.bench.ingest;

import org.orrery.contract.sample.LossCount;

/** The counts of all stages at one moment, as they tell them once a second. Immutable. */
record Counts(
    long merged,
    long disconnects,
    LossCount transport,
    LossCount gateway,
    LossCount feed,
    LossCount relay,
    LossCount archive) {
  static Counts of(IngestRig rig) {
    return new Counts(
        rig.source().statistics().merged(),
        rig.disconnects(),
        rig.loss("transport"),
        rig.loss("gateway"),
        rig.loss("feed.kafka"),
        rig.loss("relay.kafka"),
        rig.loss("archive"));
  }
}
