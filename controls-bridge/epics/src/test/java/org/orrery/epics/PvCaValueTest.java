package org.orrery.epics;

class PvCaValueTest extends PvValueTck {
  PvCaValueTest() {
    super(new PvCaAdapter());
  }
}
