/** The same answers give the same run: in one JVM, in others, and as long ago. */
@NullMarked
package cairn.experiment.determinism;

import org.jspecify.annotations.NullMarked;
