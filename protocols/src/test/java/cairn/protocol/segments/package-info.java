@NullMarked
package cairn.protocol.segments;

import org.jspecify.annotations.NullMarked;
