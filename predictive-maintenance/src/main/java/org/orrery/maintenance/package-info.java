/**
 * Forecasts of wear and failure: remaining life with quantiles, and the maintenance proposed before
 * it is needed. It may only propose; it never writes to the detector and knows no other feature.
 */
@NullMarked
package org.orrery.maintenance;

import org.jspecify.annotations.NullMarked;
