/** What can go wrong. */
@NullMarked
package cairn.model.fault;

import org.jspecify.annotations.NullMarked;
