/**
 * Makes a draft of a facility description out of what a site already has: EPICS databases and a
 * Phoebus alarm tree. Everything here but {@code SiteFiles} is a pure function of texts; what it
 * guesses it marks for review, and nothing that it writes lets Orrery write to a channel.
 */
@NullMarked
package org.orrery.app.siteimport;

import org.jspecify.annotations.NullMarked;
