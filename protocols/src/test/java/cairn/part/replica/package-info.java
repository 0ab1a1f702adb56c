@NullMarked
package cairn.part.replica;

import org.jspecify.annotations.NullMarked;
