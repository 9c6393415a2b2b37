/**
 * The adapter to epics-pvaccess. The only package of Orrery that names an EPICS library; nothing
 * outside this room names the package.
 */
@NullMarked
package org.orrery.epics.pvaccess;

import org.jspecify.annotations.NullMarked;
