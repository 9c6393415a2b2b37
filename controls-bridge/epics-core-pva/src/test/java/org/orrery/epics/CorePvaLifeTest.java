package org.orrery.epics;

class CorePvaLifeTest extends PvLifeTck {
  CorePvaLifeTest() {
    super(new CorePvaAdapter());
  }
}
