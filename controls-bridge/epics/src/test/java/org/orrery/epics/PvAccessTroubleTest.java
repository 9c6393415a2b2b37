package org.orrery.epics;

class PvAccessTroubleTest extends PvTroubleTck {
  PvAccessTroubleTest() {
    super(new PvAccessAdapter());
  }
}
