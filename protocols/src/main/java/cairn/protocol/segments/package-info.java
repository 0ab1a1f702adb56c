/**
 * Segment replication: a checkpoint service, apart from the application, that keeps versions of
 * named segments on other nodes (US patent 7,743,381; CS-1 to CS-13).
 */
@NullMarked
package cairn.protocol.segments;

import org.jspecify.annotations.NullMarked;
