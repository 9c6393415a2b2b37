package org.orrery.contract.operations;

import java.util.Optional;

/**
 * A reservation that has ended.
 *
 * @param lock as it stood
 * @param by who gave the device back, which may be an expert who is not the owner; absent where it
 *     expired
 * @param atNs when, wall ns
 */
public record EndedLock(DeviceLock lock, Optional<String> by, long atNs) {}
