/** Tests of incremental checkpoints. */
@NullMarked
package cairn.part.incremental;

import org.jspecify.annotations.NullMarked;
