/**
 * Records of the vocabulary as JSON text and back, for the tables of record. What people or other
 * programs are sent is not made here.
 */
@NullMarked
package org.orrery.supervision.runtime.json;

import org.jspecify.annotations.NullMarked;
