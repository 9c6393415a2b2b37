package org.orrery.gateway.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.operations.OperationsState;

/**
 * All that the rules look at when they judge one command, at one moment.
 *
 * @param signed the command as it came
 * @param signatureValid whether supervision signed exactly this command
 * @param earlier what became of an earlier command with the same id, in words; empty where there
 *     was none
 * @param writing whether writing is stopped
 * @param operations tag-outs among other things; empty before operations has told them
 * @param interlocks the interlock channels that bar the target
 * @param underWay another command that is being carried out on the target's device, in words
 * @param heldBy who else holds the target or its device, in words; does not bar a write towards
 *     safety
 * @param history when the target and its device were written to
 * @param mode the detector mode
 * @param approvedNs when each person last approved what the command belongs to, wall ns; without
 *     whoever is not known to have
 * @param access who may have what written
 * @param facility the description
 * @param plant the newest samples and their health
 * @param wallNs wall time now
 * @param plantNs plant time now
 */
record GateCase(
    SignedCommand signed,
    boolean signatureValid,
    Optional<String> earlier,
    WritingState writing,
    Optional<OperationsState> operations,
    List<ChannelId> interlocks,
    Optional<String> underWay,
    Optional<String> heldBy,
    WriteHistory history,
    DetectorMode mode,
    Map<String, Long> approvedNs,
    AccessRules access,
    Facility facility,
    PlantView plant,
    long wallNs,
    long plantNs) {
  GateCase {
    interlocks = List.copyOf(interlocks);
    approvedNs = Map.copyOf(approvedNs);
  }

  Command command() {
    return signed.command();
  }

  /**
   * The same case a while later, with whatever may have changed since and can be asked on any
   * thread.
   *
   * @param operations tag-outs, reservations and mode by now
   * @param mode the detector mode by now
   */
  GateCase later(
      Optional<OperationsState> operations, DetectorMode mode, long wallNs, long plantNs) {
    return new GateCase(
        signed,
        signatureValid,
        earlier,
        writing,
        operations,
        interlocks,
        underWay,
        heldBy,
        history,
        mode,
        approvedNs,
        access,
        facility,
        plant,
        wallNs,
        plantNs);
  }

  /** The same case in another plant, if everybody who is to approve it did so now. */
  GateCase supposing(PlantView other) {
    Map<String, Long> approvedNow = new HashMap<>(approvedNs);
    command().approvedBy().forEach(person -> approvedNow.put(person, wallNs));
    return new GateCase(
        signed,
        signatureValid,
        earlier,
        writing,
        operations,
        interlocks,
        underWay,
        heldBy,
        history,
        mode,
        approvedNow,
        access,
        facility,
        other,
        wallNs,
        plantNs);
  }
}
