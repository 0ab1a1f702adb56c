@NullMarked
package cairn.virtual.jdk;

import org.jspecify.annotations.NullMarked;
