package org.orrery.epics;

class PvAccessValueTest extends PvValueTck {
  PvAccessValueTest() {
    super(new PvAccessAdapter());
  }
}
