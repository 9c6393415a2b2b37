@NullMarked
package org.orrery.app.archive;

import org.jspecify.annotations.NullMarked;
