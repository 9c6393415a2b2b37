package org.orrery.epics;

class CorePvaHistogramTest extends PvHistogramTck {
  CorePvaHistogramTest() {
    super(new CorePvaAdapter());
  }
}
