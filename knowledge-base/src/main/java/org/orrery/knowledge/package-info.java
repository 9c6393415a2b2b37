/**
 * Logbooks, procedures, manuals and past incidents, imported, indexed and found again with their
 * sources. What is read here is data: no text can grant a right or start an action.
 */
@NullMarked
package org.orrery.knowledge;

import org.jspecify.annotations.NullMarked;
