package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What each rank of a computation sent and received in the history that counts: a rank that resumes
 * from a checkpoint takes back what it did since the cut. Only the instance of a rank that resumed
 * last makes history; what an older one still does is not part of it.
 */
final class RankHistories {

    /** What a history is made from. */
    static final Set<Topic> TOPICS =
            EnumSet.of(Topic.CUT, Topic.RESUMED, Topic.MOVED, Topic.SENT, Topic.RECEIVED);

    private static final int NOBODY = -1;

    private final int ranks;
    private final LongTable index = new LongTable();
    private final List<Channel> channels = new ArrayList<>();
    private final List<List<Channel>> ofRank = new ArrayList<>();
    private final List<List<Cut>> cuts = new ArrayList<>();
    private final int[] owner;
    private final int[] ownerIncarnation;
    private boolean recovered;

    /** The messages of one rank to another, by the digests of their contents. */
    static final class Channel {
        private final int from;
        private final int to;
        private final Sequence sent = new Sequence();
        private final Sequence received = new Sequence();
        private int agreed;

        private Channel(int from, int to) {
            this.from = from;
            this.to = to;
        }

        int from() {
            return from;
        }

        int to() {
            return to;
        }

        int sentCount() {
            return sent.count();
        }

        int receivedCount() {
            return received.count();
        }

        /** The digest of a message that was sent, counted from one. */
        long sent(int number) {
            return sent.get(number);
        }

        /** The digest of a message that was received, counted from one. */
        long received(int number) {
            return received.get(number);
        }

        /** Up to which message it is known that what was received is what was sent. */
        int agreed() {
            return agreed;
        }

        /** All messages up to this one were compared. */
        void agree(int upTo) {
            agreed = upTo;
        }

        private void goTo(int rank, long epoch) {
            agreed = Math.min(agreed, of(rank).goTo(epoch));
        }

        /** What one of its ranks has done on it. */
        private Sequence of(int rank) {
            return rank == from ? sent : received;
        }

        @Override
        public String toString() {
            return "rank " + from + " to rank " + to;
        }
    }

    /** A cut of a rank, and whether the rank went back behind it since. */
    private static final class Cut {
        private final long epoch;
        private boolean takenBack;

        private Cut(long epoch) {
            this.epoch = epoch;
        }
    }

    RankHistories(int ranks) {
        this.ranks = ranks;
        owner = new int[ranks];
        ownerIncarnation = new int[ranks];
        Arrays.fill(owner, NOBODY);
        for (int i = 0; i < ranks; i++) {
            ofRank.add(new ArrayList<>());
            cuts.add(new ArrayList<>());
        }
    }

    /** Takes an observation into account, if it is about a history. */
    void on(Observation observation) {
        if (!(observation instanceof Observation.Claimed claimed)) {
            return;
        }
        if (claimed.fact() instanceof Fact.Resumed(int process, Epoch epoch)) {
            succeed(process, epoch, claimed);
        } else if (claimed.fact() instanceof Fact.Moved(int process, Epoch epoch)) {
            succeed(process, epoch, claimed);
        } else if (claimed.fact() instanceof Fact.Cut(int process, Epoch epoch)) {
            if (counts(claimed, process)) {
                mark(process, epoch.number());
            }
        } else if (claimed.fact() instanceof Fact.Sent sent) {
            if (counts(claimed, sent.process())) {
                channel(sent.process(), sent.to()).sent.add(sent.digest());
            }
        } else if (claimed.fact() instanceof Fact.Received received) {
            if (counts(claimed, received.process())) {
                channel(received.from(), received.process()).received.add(received.digest());
            }
        }
    }

    private void succeed(int process, Epoch epoch, Observation.Claimed claimed) {
        recovered |= owner[process] != NOBODY;
        owner[process] = claimed.node().index();
        ownerIncarnation[process] = claimed.incarnation();
        rewind(process, epoch.number());
    }

    /** Whether a claimant is the instance of a rank that resumed last. */
    boolean counts(Observation.Claimed claimed, int rank) {
        return owner[rank] == claimed.node().index()
                && ownerIncarnation[rank] == claimed.incarnation();
    }

    /** Where a rank runs; null if it never ran. */
    @Nullable NodeId home(int rank) {
        return owner[rank] == NOBODY ? null : new NodeId(owner[rank]);
    }

    /** Whether any rank has resumed more than once. */
    boolean isAnyRecovered() {
        return recovered;
    }

    /** The channel between two ranks, which may never have been used. */
    Channel channel(int from, int to) {
        long key = (long) from * ranks + to;
        int known = (int) index.get(key, -1);
        if (known >= 0) {
            return channels.get(known);
        }
        Channel channel = new Channel(from, to);
        index.put(key, channels.size());
        channels.add(channel);
        ofRank.get(from).add(channel);
        ofRank.get(to).add(channel);
        return channel;
    }

    /** All channels that were ever used. */
    List<Channel> channels() {
        return channels;
    }

    private void mark(int rank, long epoch) {
        cuts.get(rank).add(new Cut(epoch));
        ofRank.get(rank).forEach(channel -> channel.of(rank).mark(epoch));
    }

    private void rewind(int rank, long epoch) {
        Cut target = find(rank, epoch);
        List<Cut> all = cuts.get(rank);
        for (int i = all.size() - 1; i >= 0 && !all.get(i).equals(target); i--) {
            // It belongs to another history.
            all.get(i).takenBack = true;
        }
        if (target != null) {
            target.takenBack = false;
        }
        ofRank.get(rank).forEach(channel -> channel.goTo(rank, epoch));
    }

    /** Whether what a rank had done at a cut is part of the history that counts. */
    boolean isKept(int rank, Epoch epoch) {
        Cut cut = find(rank, epoch.number());
        return cut == null || !cut.takenBack;
    }

    /** The newest cut of that number, since an instance that was given up may have used it too. */
    private @Nullable Cut find(int rank, long epoch) {
        List<Cut> all = cuts.get(rank);
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).epoch == epoch) {
                return all.get(i);
            }
        }
        return null;
    }

    /** How many messages of a channel its sender had sent at a cut. */
    int sentAt(Channel channel, Epoch epoch) {
        return channel.sent.countAt(epoch.number());
    }

    /** How many messages of a channel its receiver had received at a cut. */
    int receivedAt(Channel channel, Epoch epoch) {
        return channel.received.countAt(epoch.number());
    }
}
