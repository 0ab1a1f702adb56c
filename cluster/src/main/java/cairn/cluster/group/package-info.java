/**
 * JGroups, and nothing else of this module knows it: membership, failure detection and messages
 * between places, over whatever transport a stack has. No processes, files or clocks.
 */
@NullMarked
package cairn.cluster.group;

import org.jspecify.annotations.NullMarked;
