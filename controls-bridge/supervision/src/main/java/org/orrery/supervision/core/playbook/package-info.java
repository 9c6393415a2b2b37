/**
 * What Orrery proposes about which cause. A playbook turns a diagnosis and the present readings
 * into an exact plan, or says why it does not; it can only propose.
 */
@NullMarked
package org.orrery.supervision.core.playbook;

import org.jspecify.annotations.NullMarked;
