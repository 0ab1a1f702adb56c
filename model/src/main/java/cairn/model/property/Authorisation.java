package cairn.model.property;

import cairn.model.Fact;
import cairn.model.Observation;
import cairn.model.property.Resources.Resource;
import cairn.model.verbs.Access;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.RemoteAccess;

import java.util.EnumSet;
import java.util.Set;

/**
 * AUTH: each remote operation that touched persistent memory lay inside one resource, by a
 * requester that had proved who it is, to this incarnation of the target, and held the right at
 * that time. What was refused counts as a witness if not a byte of memory moved for it.
 */
final class Authorisation implements Checker {

    private static final int WRITE = Resources.bit(Access.REMOTE_WRITE);
    private static final int READ = Resources.bit(Access.REMOTE_READ);
    private static final int ATOMIC = Resources.bit(Access.REMOTE_ATOMIC);

    private final Declaration declaration;
    private final Resources resources = new Resources();
    private final LongTable authenticated = new LongTable();
    private int requesters;

    Authorisation(Declaration declaration) {
        this.declaration = declaration;
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(
                Topic.LAID,
                Topic.REMOVED,
                Topic.GRANTED,
                Topic.REVOKED,
                Topic.AUTHENTICATED,
                Topic.MANAGING,
                Topic.ENDED,
                Topic.ACCESSED);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Accessed(long at, RemoteAccess access)) {
            accessed(at, access, judgement);
        } else if (observation instanceof Observation.Ended ended) {
            // Connections, and what was proved over them, end with the process at the target.
            for (int requester = 0; requester < requesters; requester++) {
                authenticated.put(pair(ended.node().index(), requester), 0);
            }
        } else if (observation instanceof Observation.Claimed claimed) {
            if (claimed.fact() instanceof Fact.Authenticated(var store, var requester)) {
                authenticated.put(pair(store.index(), requester.index()), 1);
                requesters = Math.max(requesters, requester.index() + 1);
            } else {
                resources.on(claimed.node(), claimed.fact());
            }
        }
    }

    private static long pair(int store, int requester) {
        return (long) store << 32 | requester;
    }

    private void accessed(long at, RemoteAccess access, Judgement judgement) {
        if (!access.applied()) {
            refused(at, access, judgement);
        } else if (access.kind() == MemoryKind.PERSISTENT && access.length() > 0) {
            int needed = needed(access);
            if (needed != 0) {
                judge(at, access, needed, judgement);
            }
        }
    }

    private void refused(long at, RemoteAccess access, Judgement judgement) {
        if (access.moved() == 0) {
            judgement.witness();
        } else {
            judgement.violated(
                    at,
                    Words.say(
                            "%s by %s was refused by %s %s, but moved %d bytes of its memory",
                            access.operation(),
                            declaration.role(access.requester()),
                            declaration.role(access.target()),
                            Words.at(at),
                            access.moved()));
        }
    }

    /** Any of these rights is enough; zero if the target itself offered the bytes by a receive. */
    private static int needed(RemoteAccess access) {
        return switch (access.operation()) {
            case WRITE, WRITE_WITH_IMMEDIATE -> WRITE;
            case READ -> READ;
            case COMPARE_AND_SWAP, FETCH_AND_ADD -> ATOMIC;
            case ATOMIC_WRITE -> ATOMIC | WRITE;
            case FLUSH -> -1;
            case SEND, RECEIVE, RECEIVE_IMMEDIATE, UNDEFINED -> 0;
        };
    }

    private void judge(long at, RemoteAccess access, int needed, Judgement judgement) {
        String fault = null;
        if (authenticated.get(pair(access.target().index(), access.requester().index()), 0) == 0) {
            fault = "a requester that never proved who it is";
        } else if (needed == -1) {
            // A flush moves no byte and may cover a whole registration.
            if (!resources.isAnyGranted(access.target(), access.requester())) {
                fault = "a requester without any right there";
            }
        } else {
            Resource resource =
                    resources.holding(access.target(), access.address(), access.length());
            if (resource == null) {
                fault = "what lies in no resource that is laid out";
            } else if ((resource.rights(access.requester()) & needed) == 0) {
                fault = "a requester without that right to " + resource.name();
            }
        }
        if (fault == null) {
            judgement.witness();
        } else {
            judgement.violated(
                    at,
                    Words.say(
                            "%s by %s of bytes [%d, +%d) of %s was carried out %s: %s",
                            access.operation(),
                            declaration.role(access.requester()),
                            access.address(),
                            access.length(),
                            declaration.role(access.target()),
                            Words.at(at),
                            fault));
        }
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("persistent memory was never accessed from afar");
        }
    }
}
