/**
 * The life of a proposal: every legal transition in one place, as a pure function. Nothing here may
 * send, store or look at a clock; what must be done about a transition comes back as effects.
 */
@NullMarked
package org.orrery.supervision.core.lifecycle;

import org.jspecify.annotations.NullMarked;
