/**
 * Incremental checkpoints of a parallel computation by write protection, after DejaVu: the pages
 * that an interval changed are written while the next one runs.
 */
@NullMarked
package cairn.protocol.dirtypages;

import org.jspecify.annotations.NullMarked;
