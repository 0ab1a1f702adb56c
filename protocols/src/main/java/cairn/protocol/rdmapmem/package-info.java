/**
 * Checkpoints in network-attached persistent memory, written and read by RDMA (US patent 9,213,609;
 * PMU-1 to PMU-20).
 */
@NullMarked
package cairn.protocol.rdmapmem;

import org.jspecify.annotations.NullMarked;
