/**
 * Reads the facility and site descriptions: strict YAML, every problem found in one reading, each
 * with its line, the rule and the remedy. Only reads; starts nothing.
 */
@NullMarked
package org.orrery.app.config;

import org.jspecify.annotations.NullMarked;
