package org.orrery.gateway.core;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.time.Scheduler;
import org.orrery.contract.time.WallClock;

/**
 * What the write gate is connected to.
 *
 * @param facility the description
 * @param plant the newest samples and their health
 * @param control the control system
 * @param journal where attempts are written down before they are made
 * @param writing whether writing is stopped, as of the call
 * @param stopped the same in a word, thread-safe: asked at the very moment before a value leaves
 * @param operations tag-outs, once operations has told them; thread-safe
 * @param plantClock the plant's time
 * @param wallClock people's time
 * @param scheduler deadlines; runs its tasks on the gate's thread
 * @param thread brings work to the gate's one thread of control
 * @param records takes the record of every command
 */
public record GatePorts(
    Facility facility,
    PlantView plant,
    ControlSystem control,
    Journal journal,
    Supplier<WritingState> writing,
    BooleanSupplier stopped,
    Supplier<Optional<OperationsState>> operations,
    PlantClock plantClock,
    WallClock wallClock,
    Scheduler scheduler,
    Executor thread,
    Consumer<GateRecord> records) {}
