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
    private final List<List<Mark>> marks = new ArrayList<>();
    private final int[] owner;
    private final int[] ownerIncarnation;
    private boolean recovered;

    /** The messages of one rank to another, by the digests of their contents. */
    static final class Channel {
        private final int from;
        private final int to;
        private long[] sent = new long[16];
        private long[] received = new long[16];
        private int sentCount;
        private int receivedCount;

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
            return sentCount;
        }

        int receivedCount() {
            return receivedCount;
        }

        /** The digest of a message that was sent, counted from one. */
        long sent(int number) {
            return sent[number - 1];
        }

        /** The digest of a message that was received, counted from one. */
        long received(int number) {
            return received[number - 1];
        }

        @Override
        public String toString() {
            return "rank " + from + " to rank " + to;
        }
    }

    /** How far a rank was at a cut: what it had sent or received on each of its channels. */
    private static final class Mark {
        private final long epoch;
        private final List<Channel> channels;
        private final List<Integer> counts;
        private boolean takenBack;

        private Mark(long epoch, List<Channel> channels, List<Integer> counts) {
            this.epoch = epoch;
            this.channels = channels;
            this.counts = counts;
        }

        int count(Channel channel) {
            for (int i = 0; i < channels.size(); i++) {
                if (channels.get(i).equals(channel)) {
                    return counts.get(i);
                }
            }
            return 0;
        }
    }

    RankHistories(int ranks) {
        this.ranks = ranks;
        owner = new int[ranks];
        ownerIncarnation = new int[ranks];
        Arrays.fill(owner, NOBODY);
        for (int i = 0; i < ranks; i++) {
            ofRank.add(new ArrayList<>());
            marks.add(new ArrayList<>());
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
                Channel channel = channel(sent.process(), sent.to());
                channel.sent = LongTable.withRoomFor(channel.sent, channel.sentCount);
                channel.sent[channel.sentCount++] = sent.digest();
            }
        } else if (claimed.fact() instanceof Fact.Received received) {
            if (counts(claimed, received.process())) {
                Channel channel = channel(received.from(), received.process());
                channel.received = LongTable.withRoomFor(channel.received, channel.receivedCount);
                channel.received[channel.receivedCount++] = received.digest();
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
        List<Channel> own = List.copyOf(ofRank.get(rank));
        marks.get(rank).add(new Mark(epoch, own, own.stream().map(c -> own(rank, c)).toList()));
    }

    /** How much of a channel is in the rank's own history. */
    private static int own(int rank, Channel channel) {
        return channel.from == rank ? channel.sentCount : channel.receivedCount;
    }

    private void rewind(int rank, long epoch) {
        Mark mark = find(rank, epoch);
        takeBack(rank, mark);
        for (Channel channel : ofRank.get(rank)) {
            int count = mark == null ? 0 : mark.count(channel);
            if (channel.from == rank) {
                channel.sentCount = count;
            } else {
                channel.receivedCount = count;
            }
        }
    }

    /** The cuts that follow the one that a rank goes back to belong to another history. */
    private void takeBack(int rank, @Nullable Mark target) {
        List<Mark> all = marks.get(rank);
        for (int i = all.size() - 1; i >= 0 && !all.get(i).equals(target); i--) {
            all.get(i).takenBack = true;
        }
    }

    /** Whether what a rank had done at a cut is part of the history that counts. */
    boolean isKept(int rank, Epoch epoch) {
        Mark mark = find(rank, epoch.number());
        return mark == null || !mark.takenBack;
    }

    /** The newest cut of that number, since an instance that was given up may have used it too. */
    private @Nullable Mark find(int rank, long epoch) {
        return marks.get(rank).reversed().stream()
                .filter(mark -> mark.epoch == epoch)
                .findFirst()
                .orElse(null);
    }

    /** How many messages of a channel its sender had sent at a cut. */
    int sentAt(Channel channel, Epoch epoch) {
        return at(channel.from, channel, epoch);
    }

    /** How many messages of a channel its receiver had received at a cut. */
    int receivedAt(Channel channel, Epoch epoch) {
        return at(channel.to, channel, epoch);
    }

    private int at(int rank, Channel channel, Epoch epoch) {
        Mark mark = find(rank, epoch.number());
        return mark == null ? 0 : mark.count(channel);
    }
}
