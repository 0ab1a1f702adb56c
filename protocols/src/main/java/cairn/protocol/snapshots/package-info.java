/**
 * Copy-on-write snapshots that a second processor transfers to shared storage, and failover to a
 * second instance (US patent 7,890,798; SN-1 to SN-8).
 */
@NullMarked
package cairn.protocol.snapshots;

import org.jspecify.annotations.NullMarked;
