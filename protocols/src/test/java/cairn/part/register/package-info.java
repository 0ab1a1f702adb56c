@NullMarked
package cairn.part.register;

import org.jspecify.annotations.NullMarked;
