package org.orrery.epics;

class PvCaLifeTest extends PvLifeTck {
  PvCaLifeTest() {
    super(new PvCaAdapter());
  }
}
