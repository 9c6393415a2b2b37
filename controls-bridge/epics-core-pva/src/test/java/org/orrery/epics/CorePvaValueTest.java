package org.orrery.epics;

class CorePvaValueTest extends PvValueTck {
  CorePvaValueTest() {
    super(new CorePvaAdapter());
  }
}
