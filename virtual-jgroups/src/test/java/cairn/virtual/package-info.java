@NullMarked
package cairn.virtual;

import org.jspecify.annotations.NullMarked;
