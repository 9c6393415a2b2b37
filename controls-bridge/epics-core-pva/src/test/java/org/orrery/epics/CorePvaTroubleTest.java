package org.orrery.epics;

class CorePvaTroubleTest extends PvTroubleTck {
  CorePvaTroubleTest() {
    super(new CorePvaAdapter());
  }
}
