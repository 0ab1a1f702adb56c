/**
 * RDMA verbs as a node sees them: the local calls on its network adapter, work requests, and
 * completions. Semantics follow the manual pages of rdma-core and the InfiniBand architecture;
 * names are theirs, written out.
 */
@NullMarked
package cairn.model.verbs;

import org.jspecify.annotations.NullMarked;
