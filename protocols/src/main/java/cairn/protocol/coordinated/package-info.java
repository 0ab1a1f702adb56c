/**
 * Coordinated checkpoints: all ranks cut one line together, either standing still (Koo and Toueg)
 * or while they go on (Chandy and Lamport; Lai and Yang).
 */
@NullMarked
package cairn.protocol.coordinated;

import org.jspecify.annotations.NullMarked;
