/**
 * The virtual-time runner, simulated crews, drills and benchmarks. It may name every room's core;
 * it is never part of a running facility's decisions.
 */
@NullMarked
package org.orrery.lab;

import org.jspecify.annotations.NullMarked;
