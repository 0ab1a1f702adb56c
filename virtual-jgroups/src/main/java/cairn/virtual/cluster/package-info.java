/** The whole live stack in virtual time: a protocol, its adapter, its files, and JGroups. */
@NullMarked
package cairn.virtual.cluster;

import org.jspecify.annotations.NullMarked;
