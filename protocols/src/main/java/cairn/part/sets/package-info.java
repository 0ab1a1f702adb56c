/**
 * Sets of checkpoint data in the regions of persistent-memory units (US patent 9,213,609; PMU-6, 7,
 * 11 to 16). A set is what a memory's pages were at one cut. Its data is written first, and then
 * the {@link cairn.part.sets.CommitRecord} that makes it count, for all regions at once; the newest
 * records lie in a ring. A set takes the place of an older one, or is appended as what has changed.
 *
 * <p>One {@link cairn.part.sets.Checkpointer} writes; any number of {@link
 * cairn.part.sets.Restorer}s read, by remote reads alone.
 */
@NullMarked
package cairn.part.sets;

import org.jspecify.annotations.NullMarked;
