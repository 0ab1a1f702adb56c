/** Searching for long: strategies on all cores, and a folder of findings that only grows. */
@NullMarked
package cairn.experiment.exploration;

import org.jspecify.annotations.NullMarked;
