/**
 * A pvAccess client on core-pva, behind the port {@link org.orrery.epics.client.PvClient}. The only
 * package that names that library; found by {@link java.util.ServiceLoader}, so that its jar can
 * stay away. No server: core-pva's own loses fields when updates are merged.
 */
@NullMarked
package org.orrery.epics.corepva;

import org.jspecify.annotations.NullMarked;
