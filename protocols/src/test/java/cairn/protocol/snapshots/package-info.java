@NullMarked
package cairn.protocol.snapshots;

import org.jspecify.annotations.NullMarked;
