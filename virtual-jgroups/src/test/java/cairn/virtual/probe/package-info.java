@NullMarked
package cairn.virtual.probe;

import org.jspecify.annotations.NullMarked;
