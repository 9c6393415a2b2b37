/**
 * The signing key, the witness of the audit chain's end beside the database, and the verification
 * of the chain.
 */
@NullMarked
package org.orrery.supervision.runtime.audit;

import org.jspecify.annotations.NullMarked;
