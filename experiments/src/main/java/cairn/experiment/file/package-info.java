/** Experiment files: what is written, where, in which unit, and what is wrong with it. */
@NullMarked
package cairn.experiment.file;

import org.jspecify.annotations.NullMarked;
