/**
 * What scenarios drive and look through: the distribution's process, its API, the plant past
 * Orrery, a browser.
 */
@NullMarked
package org.orrery.scenarios.harness;

import org.jspecify.annotations.NullMarked;
