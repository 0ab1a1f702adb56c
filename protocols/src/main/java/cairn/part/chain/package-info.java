/**
 * Chains of checkpoint images on a disk, as incremental checkpoints make them: a file for each
 * image, which counts when its name and checksum say that it is complete; which images a restore
 * needs, and which are garbage; and a chain merged into one image (DJ-8).
 */
@NullMarked
package cairn.part.chain;

import org.jspecify.annotations.NullMarked;
