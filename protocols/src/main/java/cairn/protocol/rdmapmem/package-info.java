/**
 * Checkpoints of a service in network-attached persistent memory, written and read by RDMA (US
 * patent 9,213,609; PMU-1 to PMU-20). The units are {@code cairn.part.pmu}, what lies in them is
 * {@code cairn.part.sets}; here is who leads and when, and which answers may leave.
 */
@NullMarked
package cairn.protocol.rdmapmem;

import org.jspecify.annotations.NullMarked;
