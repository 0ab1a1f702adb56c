package cairn.rdma;

import cairn.model.verbs.Access;

import java.util.Set;

/** Sets of {@link Access} as bits, for checks on every packet. */
final class Rights {

    /** Those that peers use. */
    static final int REMOTE =
            of(Access.REMOTE_READ)
                    | of(Access.REMOTE_WRITE)
                    | of(Access.REMOTE_ATOMIC)
                    | of(Access.FLUSH_GLOBAL)
                    | of(Access.FLUSH_PERSISTENT);

    private Rights() {}

    static int of(Access access) {
        return switch (access) {
            case LOCAL_WRITE -> 1;
            case REMOTE_READ -> 1 << 1;
            case REMOTE_WRITE -> 1 << 2;
            case REMOTE_ATOMIC -> 1 << 3;
            case WINDOW_BIND -> 1 << 4;
            case FLUSH_GLOBAL -> 1 << 5;
            case FLUSH_PERSISTENT -> 1 << 6;
            case RELAXED_ORDERING -> 1 << 7;
        };
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

    /** Whether a peer may change bytes: a region that allows it allows LOCAL_WRITE too. */
    static boolean changeBytes(int rights) {
        return (rights & (of(Access.REMOTE_WRITE) | of(Access.REMOTE_ATOMIC))) != 0;
    }

    /** What a region must allow for a window with these rights to be bound in it. */
    static int neededToBind(int windowRights) {
        return of(Access.WINDOW_BIND) | (changeBytes(windowRights) ? of(Access.LOCAL_WRITE) : 0);
    }
}
