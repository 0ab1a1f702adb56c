/** Persistent memory in a mapped file, and what a loss of power would leave of it. */
@NullMarked
package cairn.cluster.memory;

import org.jspecify.annotations.NullMarked;
