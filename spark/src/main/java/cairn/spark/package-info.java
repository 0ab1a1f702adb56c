/**
 * Campaigns on Apache Spark: a task is a chunk of trials, and what comes back are lines of the
 * journal.
 */
@NullMarked
package cairn.spark;

import org.jspecify.annotations.NullMarked;
