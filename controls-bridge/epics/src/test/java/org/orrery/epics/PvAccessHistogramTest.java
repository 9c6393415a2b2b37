package org.orrery.epics;

class PvAccessHistogramTest extends PvHistogramTck {
  PvAccessHistogramTest() {
    super(new PvAccessAdapter());
  }
}
