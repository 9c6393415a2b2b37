/** Tests of the whole gateway on real pvAccess. */
@NullMarked
package org.orrery.gateway;

import org.jspecify.annotations.NullMarked;
