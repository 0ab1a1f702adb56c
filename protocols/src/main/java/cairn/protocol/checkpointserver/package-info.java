/**
 * Checkpoints by message on a checkpoint server, a watchdog, and a replica manager that keeps up
 * the degree of replication (US patents 6,195,760 and 6,266,781; PA-1).
 */
@NullMarked
package cairn.protocol.checkpointserver;

import org.jspecify.annotations.NullMarked;
