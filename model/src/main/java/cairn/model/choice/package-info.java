/**
 * Everything that is not determined in a run is a named choice, and a run is a function of its
 * answers.
 */
@NullMarked
package cairn.model.choice;

import org.jspecify.annotations.NullMarked;
