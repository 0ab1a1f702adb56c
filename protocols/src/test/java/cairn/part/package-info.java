@NullMarked
package cairn.part;

import org.jspecify.annotations.NullMarked;
