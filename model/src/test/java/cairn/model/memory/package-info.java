@NullMarked
package cairn.model.memory;

import org.jspecify.annotations.NullMarked;
