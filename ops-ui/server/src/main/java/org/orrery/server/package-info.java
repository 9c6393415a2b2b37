/**
 * HTTP, live streams, authentication, health and metrics. JSON stands only here. No decision about
 * the detector is taken here, and nothing reaches a control system except through supervision's
 * requests.
 */
@NullMarked
package org.orrery.server;

import org.jspecify.annotations.NullMarked;
