/** Files on a disk, as a node asks for them. */
@NullMarked
package cairn.model.storage;

import org.jspecify.annotations.NullMarked;
