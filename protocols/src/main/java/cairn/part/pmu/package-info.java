/**
 * Network-attached persistent-memory units (US patent 9,213,609; PMU-1, 2, 4, 5, 9 to 12, 17 to
 * 20). Clients write to regions of a unit and read them by RDMA; the unit's processor has no part
 * in it.
 *
 * <p>A pair of {@link cairn.part.pmu.Manager}s, of which one is active, creates and deletes
 * regions, lets clients open and close them, and decides which of them leads: only that one may
 * write. What it decides is durable in the {@link cairn.part.pmu.Directory} of every {@link
 * cairn.part.pmu.Unit} before anybody learns of it. Units are mirrors: a change is made at all of
 * them or at none.
 *
 * <p>A client comes to its regions through an {@link cairn.part.pmu.Attachment}, and reads and
 * writes on its {@link cairn.part.pmu.Link}s; a {@link cairn.part.pmu.Persistence} makes what it
 * writes durable. {@link cairn.part.pmu.Pmu} says who takes part, and makes the nodes of units and
 * managers.
 */
@NullMarked
package cairn.part.pmu;

import org.jspecify.annotations.NullMarked;
