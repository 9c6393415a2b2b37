package org.orrery.epics;

class CorePvaCallTest extends PvCallTck {
  CorePvaCallTest() {
    super(new CorePvaAdapter());
  }
}
