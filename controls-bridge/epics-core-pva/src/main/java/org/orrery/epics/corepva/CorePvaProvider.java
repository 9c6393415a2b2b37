package org.orrery.epics.corepva;

import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvClientProvider;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.client.PvaOptions;

/** Offers the client under the name {@value PvaOptions#CORE_PVA}. Stateless. */
public final class CorePvaProvider implements PvClientProvider {
  @Override
  public String name() {
    return PvaOptions.CORE_PVA;
  }

  @Override
  public PvClient open(PvClientSettings settings) {
    return CorePvaClient.open(settings);
  }
}
