/**
 * The JGroups stack, unmodified, in virtual time: its transport, groups of it, and what is judged.
 */
@NullMarked
package cairn.virtual.jgroups;

import org.jspecify.annotations.NullMarked;
