/**
 * What the site's Phoebus alarm server says, in the words of ISA-18.2, and how its list and ours
 * become one. Pure: no Vert.x, no Kafka, no JSON, no clock may enter; messages come in decoded.
 */
@NullMarked
package org.orrery.alarms.core.phoebus;

import org.jspecify.annotations.NullMarked;
