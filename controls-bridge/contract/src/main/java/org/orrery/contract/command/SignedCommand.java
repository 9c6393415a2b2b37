package org.orrery.contract.command;

import org.orrery.contract.Bytes;

/**
 * A command with supervision's signature.
 *
 * @param command the command
 * @param signature Ed25519 signature (RFC 8032) over {@link Command#canonicalBytes()}
 */
public record SignedCommand(Command command, Bytes signature) {}
