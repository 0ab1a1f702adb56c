/** What must hold in every run of every protocol. */
@NullMarked
package cairn.model.property;

import org.jspecify.annotations.NullMarked;
