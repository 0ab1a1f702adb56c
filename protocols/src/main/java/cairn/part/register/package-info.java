/**
 * A register that is changed by compare-and-set with a majority of its voters, and outlives crashes
 * and replaced disks of the others (Rystsov, "CASPaxos: Replicated State Machines without logs",
 * 2018).
 */
@NullMarked
package cairn.part.register;

import org.jspecify.annotations.NullMarked;
