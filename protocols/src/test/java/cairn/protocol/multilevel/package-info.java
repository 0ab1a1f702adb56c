/** Tests of checkpoints at several levels. */
@NullMarked
package cairn.protocol.multilevel;

import org.jspecify.annotations.NullMarked;
