/**
 * Proposals, playbooks, approval, execution and audit: people decide, Orrery carries out and
 * records. {@code SupervisionModule} and {@code SupervisionConfig} are the only types here that
 * other rooms may name.
 */
@NullMarked
package org.orrery.supervision;

import org.jspecify.annotations.NullMarked;
