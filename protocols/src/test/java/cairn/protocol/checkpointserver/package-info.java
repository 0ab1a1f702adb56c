@NullMarked
package cairn.protocol.checkpointserver;

import org.jspecify.annotations.NullMarked;
