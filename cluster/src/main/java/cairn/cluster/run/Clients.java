package cairn.cluster.run;

import cairn.cluster.group.Group;
import cairn.cluster.group.Kind;
import cairn.cluster.group.Mailbox;
import cairn.cluster.group.Member;
import cairn.cluster.group.Stack;
import cairn.cluster.node.Equipment;
import cairn.cluster.node.LiveMachine;
import cairn.cluster.node.Site;
import cairn.cluster.node.Timekeeper;
import cairn.cluster.wire.Vocabulary;
import cairn.fault.SeededChoices;
import cairn.model.Hardware;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.choice.Choices;
import cairn.model.fault.LinkQuality;
import cairn.model.fault.Moment;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/** The clients of a cluster, all in the launcher's process, and their end of the group. */
final class Clients<M extends Message> implements AutoCloseable {

    private final Path folder;
    private final long seed;
    private final Watcher watcher;
    private final Map<Integer, LiveMachine<M>> machines = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timers =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("timers").factory());
    private volatile @Nullable Group group;
    private volatile @Nullable Timekeeper time;

    /** Who is told what happens to clients. */
    interface Watcher {

        void observed(Observation observation);

        /** The view of this end changed. */
        void viewed(List<Member> members);

        /** The run cannot go on. */
        void failed(String reason);
    }

    /** None yet, and no end of a group. */
    Clients(Path folder, long seed, Watcher watcher) {
        this.folder = folder;
        this.seed = seed;
        this.watcher = watcher;
    }

    /** Joins the group, as the member that is home to all clients. */
    void join(Member self, Vocabulary vocabulary, Stack stack) throws Exception {
        Group own = new Group(self, vocabulary, stack.channel(), new Post());
        group = own;
        own.connect();
    }

    /** The run has begun. */
    void begin(Timekeeper running) {
        time = running;
    }

    /** Starts the one at a place. */
    LiveMachine<M> start(int place, Node<M> node) {
        var machine =
                new LiveMachine<>(
                        new NodeId(place),
                        node,
                        new Equipment(Hardware.PLAIN, folder),
                        new ClientSite());
        machines.put(place, machine);
        machine.boot();
        return machine;
    }

    /** How many were started. */
    int count() {
        return machines.size();
    }

    /** The members of the view that this end has now. */
    int seen() {
        Group own = group;
        return own == null ? 0 : own.members().size();
    }

    /** What is wrong from now on with the ways to them; see {@code LinkFaults}. */
    void links(Map<Integer, LinkQuality> bad, IntConsumer spoilt) {
        Group own = group;
        if (own != null) {
            own.links().set(bad, spoilt);
        }
    }

    /** Stops each, and says of its place what it waits for, on any thread. */
    void stop(BiConsumer<Integer, String> lastWords) {
        machines.forEach((place, machine) -> machine.stop(words -> lastWords.accept(place, words)));
    }

    /** Bytes that they sent, without JGroups' own. */
    long bytes() {
        Group own = group;
        return own == null ? 0 : own.bytes();
    }

    /** Leaves the group. */
    void leave() {
        Group own = group;
        if (own != null) {
            own.close();
        }
    }

    /** Ends their timers, whether they have left or not. */
    @Override
    public void close() {
        timers.shutdownNow();
    }

    /** What reaches this process. */
    private final class Post implements Mailbox {

        @Override
        public void arrived(Kind kind, int from, int to, Object content) {
            LiveMachine<M> client = machines.get(to);
            if (client != null) {
                client.arrived(kind, from, content);
            }
        }

        @Override
        public void viewed(List<Member> members) {
            watcher.viewed(members);
        }

        @Override
        public void broken(Throwable thrown) {
            watcher.failed("the clients' end of the group is broken: " + thrown);
        }
    }

    /** This process, as clients see it. */
    private final class ClientSite implements Site {

        private final Choices choices = new SeededChoices(seed);

        @Override
        public Timekeeper time() {
            Timekeeper running = time;
            if (running == null) {
                throw new IllegalStateException("clients begin when the cluster has");
            }
            return running;
        }

        @Override
        public ScheduledExecutorService timers() {
            return timers;
        }

        @Override
        public Choices choices() {
            return choices;
        }

        @Override
        public void send(Kind kind, int from, int to, Object content) {
            Group own = group;
            if (own != null) {
                own.send(kind, from, to, content);
            }
        }

        @Override
        public void observe(Observation observation) {
            watcher.observed(observation);
        }

        @Override
        public void moment(Moment moment) {
            // Those of clients are none that faults wait for, but for their boot.
        }

        @Override
        public void flush() {
            // What was observed is known here already.
        }

        @Override
        public void halt(String reason) {
            watcher.failed("a client halted: " + reason);
        }

        @Override
        public void broken(Throwable thrown) {
            watcher.failed("a client is broken: " + thrown);
        }
    }
}
