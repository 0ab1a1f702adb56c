/** Tests of choices and their laws. */
@NullMarked
package cairn.model.choice;

import org.jspecify.annotations.NullMarked;
