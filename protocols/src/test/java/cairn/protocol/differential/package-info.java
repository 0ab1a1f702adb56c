@NullMarked
package cairn.protocol.differential;

import org.jspecify.annotations.NullMarked;
