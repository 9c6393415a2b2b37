package org.orrery.epics;

class PvCaTroubleTest extends PvTroubleTck {
  PvCaTroubleTest() {
    super(new PvCaAdapter());
  }
}
