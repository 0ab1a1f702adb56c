@NullMarked
package cairn.part.name;

import org.jspecify.annotations.NullMarked;
