/**
 * A replicated store of versions (US patent 7,743,381; CS-3 to CS-8, CS-12, CS-13): a group of
 * segments has versions, each held by its {@link cairn.part.replica.Origin} and by so many {@link
 * cairn.part.replica.Holder}s in different failure domains, and the newest that is safe can be
 * loaded from any of them ({@link cairn.part.replica.Loader}).
 *
 * <p>Whoever has a later term fences who has an earlier one. Which places hold all that is safe,
 * the {@link cairn.part.replica.Membership}, has to be agreed on elsewhere, such as in a {@code
 * cairn.part.register}: primary and backups under a configuration that a majority decides about, as
 * in Lamport, Malkhi and Zhou, "Vertical Paxos and Primary-Backup Replication" (2009).
 */
@NullMarked
package cairn.part.replica;

import org.jspecify.annotations.NullMarked;
