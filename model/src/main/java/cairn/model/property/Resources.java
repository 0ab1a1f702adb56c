package cairn.model.property;

import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.verbs.Access;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is laid out at each store, and who may do what with it, as claimed. Looked up for each
 * remote access, so it is made of small arrays.
 */
final class Resources {

    private final List<List<Resource>> stores = new ArrayList<>();
    private long[] managingTerms = new long[0];
    private final LongTable managers = new LongTable();

    /** One resource of one store. */
    static final class Resource {
        private final String name;
        private long address;
        private long end;
        private int[] rights = new int[8];
        private long[] terms = new long[8];
        private long newestTerm;
        private int newestHolder = -1;
        private boolean isContested;
        private boolean wasLaid;

        private Resource(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        /** The rights of a holder as bits, as {@link Resources#bit} numbers them. */
        int rights(NodeId holder) {
            return holder.index() < rights.length ? rights[holder.index()] : 0;
        }

        /** The highest term under which a node may ever write; zero for never. */
        long term(NodeId holder) {
            return holder.index() < terms.length ? terms[holder.index()] : 0;
        }

        /** The highest term that was granted to anybody who may write. */
        long newestTerm() {
            return newestTerm;
        }

        /** Who was granted it; -1 for nobody. */
        int newestHolder() {
            return newestHolder;
        }

        /** Whether it was granted to more than one holder, or under more than one term. */
        boolean isContested() {
            return isContested;
        }

        private boolean holds(long from, long length) {
            return from >= address && from + length <= end;
        }

        private void grant(Fact.Granted granted) {
            int holder = granted.holder().index();
            if (holder >= rights.length) {
                rights = Arrays.copyOf(rights, 2 * holder);
                terms = Arrays.copyOf(terms, 2 * holder);
            }
            rights[holder] = bits(granted);
            if (!granted.rights().contains(Access.REMOTE_WRITE)
                    && !granted.rights().contains(Access.REMOTE_ATOMIC)) {
                return;
            }
            terms[holder] = Math.max(terms[holder], granted.term());
            if (granted.term() > newestTerm) {
                isContested = newestHolder >= 0;
                newestTerm = granted.term();
                newestHolder = holder;
            }
        }

        private static int bits(Fact.Granted granted) {
            int bits = 0;
            for (Access access : granted.rights()) {
                bits |= bit(access);
            }
            return bits;
        }
    }

    /** A right as a bit. */
    @SuppressWarnings("EnumOrdinal")
    static int bit(Access access) {
        return 1 << access.ordinal();
    }

    /** Takes a claim into account; those about other things are ignored. */
    void on(NodeId claimant, Fact fact) {
        if (fact instanceof Fact.Laid laid) {
            Resource resource = named(laid.store(), laid.resource());
            resource.address = laid.address();
            resource.end = laid.address() + laid.length();
            resource.wasLaid = true;
        } else if (fact instanceof Fact.Removed(NodeId store, String name)) {
            Resource resource = named(store, name);
            resource.address = 0;
            resource.end = 0;
        } else if (fact instanceof Fact.Granted granted) {
            named(granted.store(), granted.resource()).grant(granted);
        } else if (fact instanceof Fact.Revoked(NodeId store, String name, NodeId holder)) {
            // What a manager that was replaced says of its past no longer concerns the present.
            Resource resource = named(store, name);
            if (!isDeposed(claimant, store) && holder.index() < resource.rights.length) {
                resource.rights[holder.index()] = 0;
            }
        } else if (fact instanceof Fact.Managing(NodeId store, long term)) {
            managingTerms = LongTable.withRoomFor(managingTerms, store.index());
            managingTerms[store.index()] = Math.max(managingTerms[store.index()], term);
            managers.put(pair(claimant, store), term);
        }
    }

    /** Whether a manager knows a store under an older term than another manager does. */
    boolean isDeposed(NodeId manager, NodeId store) {
        return store.index() < managingTerms.length
                && managers.get(pair(manager, store), managingTerms[store.index()])
                        < managingTerms[store.index()];
    }

    private static long pair(NodeId manager, NodeId store) {
        return (long) manager.index() << 32 | store.index();
    }

    /** The resource with a name, made if it is new. */
    Resource named(NodeId store, String name) {
        while (stores.size() <= store.index()) {
            stores.add(new ArrayList<>());
        }
        List<Resource> resources = stores.get(store.index());
        for (Resource resource : resources) {
            if (resource.name.equals(name)) {
                return resource;
            }
        }
        Resource resource = new Resource(name);
        resources.add(resource);
        return resource;
    }

    /** A store has lost those of its resources that never had a place in persistent memory. */
    void forgetUnlaid(NodeId store) {
        if (store.index() < stores.size()) {
            stores.get(store.index()).removeIf(resource -> !resource.wasLaid);
        }
    }

    /** The resource that holds a whole range; null if the range is not inside one. */
    @Nullable Resource holding(NodeId store, long address, long length) {
        if (store.index() >= stores.size()) {
            return null;
        }
        List<Resource> resources = stores.get(store.index());
        for (int i = 0; i < resources.size(); i++) {
            if (resources.get(i).holds(address, length)) {
                return resources.get(i);
            }
        }
        return null;
    }

    /** Whether a holder has any right to anything at a store. */
    boolean isAnyGranted(NodeId store, NodeId holder) {
        if (store.index() >= stores.size()) {
            return false;
        }
        for (Resource resource : stores.get(store.index())) {
            if (resource.rights(holder) != 0) {
                return true;
            }
        }
        return false;
    }
}
