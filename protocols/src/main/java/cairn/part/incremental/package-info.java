/**
 * Incremental checkpoints of one process: which pages changed since the last one, what each image
 * holds of them, and what a store to a page waits for that is not stored yet (DJ-1 to DJ-8).
 */
@NullMarked
package cairn.part.incremental;

import org.jspecify.annotations.NullMarked;
