/**
 * The commands of the command line, one class each. Each parses, calls one thing, prints, and says
 * how it ended.
 */
@NullMarked
package org.orrery.app.command;

import org.jspecify.annotations.NullMarked;
