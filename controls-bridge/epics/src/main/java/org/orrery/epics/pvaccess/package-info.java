/**
 * The adapter to epics-pvaccess. The only package that names that library; nothing outside this
 * room names the package.
 */
@NullMarked
package org.orrery.epics.pvaccess;

import org.jspecify.annotations.NullMarked;
