/** Experiment files, campaigns and the command line. */
@NullMarked
package cairn.experiment;

import org.jspecify.annotations.NullMarked;
