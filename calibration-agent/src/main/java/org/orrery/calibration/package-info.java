/**
 * Calibration campaigns: what to measure next, the fit, its covariance, and constants with their
 * interval of validity and provenance. It may only propose; people approve campaigns and publish
 * constants.
 */
@NullMarked
package org.orrery.calibration;

import org.jspecify.annotations.NullMarked;
