@NullMarked
package cairn.part.sets;

import org.jspecify.annotations.NullMarked;
