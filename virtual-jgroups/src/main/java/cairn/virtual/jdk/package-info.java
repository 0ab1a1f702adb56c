/**
 * All that depends on the inside of JDK 25: the agent that rewrites time, dice and monitors, and
 * the scheduler that captures virtual threads. A canary among its tests says which of it another
 * JDK breaks.
 */
@NullMarked
package cairn.virtual.jdk;

import org.jspecify.annotations.NullMarked;
