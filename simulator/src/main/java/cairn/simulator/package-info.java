/**
 * A run in virtual time: machines, network, disks and persistent memory, and what goes wrong with
 * them.
 */
@NullMarked
package cairn.simulator;

import org.jspecify.annotations.NullMarked;
