/**
 * A name that is unique in the cluster, under partition too (US patent 7,743,381; CS-10, CS-11):
 * who has it under which term, and which members hold what is kept under it, is decided by a
 * majority in a {@code cairn.part.register}, and outlives crashes and replaced disks of the others.
 */
@NullMarked
package cairn.part.name;

import org.jspecify.annotations.NullMarked;
