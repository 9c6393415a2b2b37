@NullMarked
package org.orrery.bus.csv;

import org.jspecify.annotations.NullMarked;
