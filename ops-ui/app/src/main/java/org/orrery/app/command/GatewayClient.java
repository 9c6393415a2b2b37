package org.orrery.app.command;

import java.util.List;
import org.orrery.epics.client.PvReaders;
import org.orrery.epics.client.PvaOptions;
import org.orrery.lab.bench.BadInputException;
import picocli.CommandLine.Option;

/** Which pvAccess client the gateway of a benchmark uses. */
final class GatewayClient {
  @Option(
      names = "--client",
      paramLabel = "NAME",
      defaultValue = PvaOptions.EPICS_CORE,
      description =
          "The gateway's pvAccess client, epics-core or core-pva (default: ${DEFAULT-VALUE}).")
  private String name = PvaOptions.EPICS_CORE;

  /** The client, which is in this build. */
  PvaOptions options() throws BadInputException {
    if (!PvReaders.available().contains(name)) {
      throw new BadInputException(
          List.of("--client: this build has " + PvReaders.available() + ", got '" + name + "'"));
    }
    return PvaOptions.of(name);
  }
}
