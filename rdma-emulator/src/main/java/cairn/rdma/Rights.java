package cairn.rdma;

import cairn.model.verbs.Access;

import java.util.Set;

/** Sets of {@link Access} as bits, for checks on every packet. */
final class Rights {

    static final int REMOTE =
            of(Access.REMOTE_READ)
                    | of(Access.REMOTE_WRITE)
                    | of(Access.REMOTE_ATOMIC)
                    | of(Access.FLUSH_GLOBAL)
                    | of(Access.FLUSH_PERSISTENT);

    private Rights() {}

    static int of(Access access) {
        return 1 << access.ordinal();
    }

    static int of(Set<Access> access) {
        int bits = 0;
        for (Access one : access) {
            bits |= of(one);
        }
        return bits;
    }

    static boolean include(int rights, int wanted) {
        return (rights & wanted) == wanted;
    }
}
