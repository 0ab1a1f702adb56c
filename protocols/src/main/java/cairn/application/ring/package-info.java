/** A token ring: a number goes round and each rank adds to it. */
@NullMarked
package cairn.application.ring;

import org.jspecify.annotations.NullMarked;
