@NullMarked
package cairn.protocol.localdisk;

import org.jspecify.annotations.NullMarked;
