@NullMarked
package cairn.protocol.rdmapmem;

import org.jspecify.annotations.NullMarked;
