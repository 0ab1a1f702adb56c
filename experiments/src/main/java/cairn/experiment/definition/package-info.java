/** What an experiment is, and how it is read from a file. */
@NullMarked
package cairn.experiment.definition;

import org.jspecify.annotations.NullMarked;
