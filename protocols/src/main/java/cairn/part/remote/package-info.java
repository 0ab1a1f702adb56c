/** A disk that nodes have which have none: one node lends them its own. */
@NullMarked
package cairn.part.remote;

import org.jspecify.annotations.NullMarked;
