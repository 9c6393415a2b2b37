package org.orrery.epics;

class PvAccessLifeTest extends PvLifeTck {
  PvAccessLifeTest() {
    super(new PvAccessAdapter());
  }
}
