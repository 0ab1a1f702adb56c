/**
 * Live migration of the ranks of a computation: all of a rank moves while it stands still, or most
 * of it before that, or most of it after.
 */
@NullMarked
package cairn.protocol.migration;

import org.jspecify.annotations.NullMarked;
