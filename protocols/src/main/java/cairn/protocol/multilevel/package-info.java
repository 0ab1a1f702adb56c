/**
 * Checkpoints at several levels, from cheap and weak to dear and strong: the rank's own disk, a
 * partner's, and a parallel file system that is written in the background.
 */
@NullMarked
package cairn.protocol.multilevel;

import org.jspecify.annotations.NullMarked;
