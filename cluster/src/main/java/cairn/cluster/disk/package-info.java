/** Real files, and what a loss of power would take back of them. */
@NullMarked
package cairn.cluster.disk;

import org.jspecify.annotations.NullMarked;
