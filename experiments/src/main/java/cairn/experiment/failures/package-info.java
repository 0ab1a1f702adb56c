/** Failures that were recorded elsewhere: read, replayed, and fitted by laws. */
@NullMarked
package cairn.experiment.failures;

import org.jspecify.annotations.NullMarked;
