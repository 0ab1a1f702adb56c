package cairn.cluster.probe;

import cairn.cluster.group.Member;
import cairn.cluster.node.LiveMachine;
import cairn.cluster.run.LiveCluster;
import cairn.cluster.run.LiveFailure;
import cairn.cluster.run.LiveScenario;
import cairn.cluster.run.Machines;
import cairn.cluster.run.Ports;
import cairn.fault.FaultPlan;
import cairn.model.Application;
import cairn.model.Observation;
import cairn.model.fault.Moment;
import cairn.model.property.Bounds;
import cairn.model.service.Workload;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the live path adds to JGroups and to a sync: a segment of 1 KiB to two replicas beside a
 * bare round trip of the same size, and beside that and a bare sync, in turn in one run. Whoever
 * waits is woken in the same way on both sides.
 */
public final class SpeedProbe {

    private static final int SEGMENT_BYTES = 1024;
    private static final int WARM_UP = 1_000;
    private static final long PATIENCE_SECONDS = 10;
    private static final String LOOPBACK = "127.0.0.1";

    private final Path folder;
    private final int times;

    /**
     * What was measured, in nanoseconds.
     *
     * @param bare 1 KiB to another process and 8 bytes back, by JGroups alone
     * @param memory 1 KiB to two replicas until both hold it in memory
     * @param sync 1 KiB written to an open file, and synced
     * @param durable 1 KiB to two replicas until both hold it on disk
     */
    public record Speeds(
            LiveProbe.Spread bare,
            LiveProbe.Spread memory,
            LiveProbe.Spread sync,
            LiveProbe.Spread durable) {}

    /** A step that is timed. */
    private interface Step {
        void run() throws Exception;
    }

    /**
     * A probe.
     *
     * @param folder where processes keep their files, and the sync its own
     * @param times how often each step is repeated
     */
    public SpeedProbe(Path folder, int times) {
        this.folder = folder;
        this.times = times;
    }

    /** Measures; starts three processes, one after another, and ends them. */
    public Speeds measure() {
        try {
            Files.createDirectories(folder);
            List<Integer> ports = Ports.free(2);
            String self = LOOPBACK + ":" + ports.getFirst();
            try (JChannel channel =
                    BareEcho.stack(LOOPBACK, ports.getFirst(), List.of(self)).channel()) {
                var bare = new Bare(channel);
                channel.setReceiver(bare);
                channel.connect(BareEcho.GROUP);
                Process echo =
                        Machines.loopback()
                                .start(
                                        0,
                                        BareEcho.class,
                                        folder.resolve("echo.log"),
                                        List.of(LOOPBACK, ports.getLast().toString(), self));
                try {
                    bare.awaitOther();
                    return besideReplicas(bare);
                } finally {
                    echo.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LiveFailure("interrupted", e);
        } catch (Exception e) {
            throw new LiveFailure("cannot measure in " + folder + ": " + e, e);
        }
    }

    private Speeds besideReplicas(Bare bare) throws Exception {
        var application =
                new Application.Served(
                        new Idle(), new Workload(1, 1, new Workload.Loop.Closed(0), 1_000_000_000));
        var scenario =
                new LiveScenario<Copying.Word>(
                        new Copying(), application, FaultPlan.NONE, new Bounds(1, 1, 1), 0, 0, 0);
        var beginning = new Beginning();
        try (var cluster =
                        new LiveCluster<>(
                                scenario,
                                Machines.loopback(),
                                folder.resolve("replicas"),
                                1,
                                List.of(),
                                beginning);
                FileChannel file =
                        FileChannel.open(
                                folder.resolve("synced"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE)) {
            cluster.start();
            beginning.await();
            var sender = new Copying.Sender();
            LiveMachine<Copying.Word> machine = cluster.client(Copying.REPLICAS, sender);
            byte[] segment = new byte[SEGMENT_BYTES];
            Step inMemory = () -> copy(machine, sender, new Copying.Piece(false, segment));
            Step onDisk = () -> copy(machine, sender, new Copying.Piece(true, segment));
            for (int i = 0; i < WARM_UP; i++) {
                bare.roundTrip(segment);
                inMemory.run();
            }
            long[] bares = new long[times];
            long[] memories = new long[times];
            long[] syncs = new long[times];
            long[] durables = new long[times];
            for (int i = 0; i < times; i++) {
                bares[i] = timed(() -> bare.roundTrip(segment));
                memories[i] = timed(inMemory);
                syncs[i] = timed(() -> sync(file, segment));
                durables[i] = timed(onDisk);
            }
            return new Speeds(
                    LiveProbe.Spread.of(bares),
                    LiveProbe.Spread.of(memories),
                    LiveProbe.Spread.of(syncs),
                    LiveProbe.Spread.of(durables));
        }
    }

    private static long timed(Step step) throws Exception {
        long begun = System.nanoTime();
        step.run();
        return System.nanoTime() - begun;
    }

    private static void copy(
            LiveMachine<Copying.Word> machine, Copying.Sender sender, Copying.Piece piece)
            throws Exception {
        var safe = new CompletableFuture<Boolean>();
        machine.perform(out -> sender.copy(piece, safe, out));
        safe.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void sync(FileChannel file, byte[] content) throws IOException {
        file.write(ByteBuffer.wrap(content), 0);
        file.force(true);
    }

    /** This process's end of a group that holds nothing of Cairn's. */
    private static final class Bare implements Receiver {

        private final JChannel channel;
        private volatile CompletableFuture<Boolean> answered = new CompletableFuture<>();

        Bare(JChannel channel) {
            this.channel = channel;
        }

        void awaitOther() throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(6 * PATIENCE_SECONDS);
            while (channel.getView().size() < 2) {
                if (System.nanoTime() > deadline) {
                    throw new LiveFailure("nobody answers by JGroups alone");
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }

        private Address other() {
            for (Address member : channel.getView().getMembersRaw()) {
                if (!member.equals(channel.getAddress())) {
                    return member;
                }
            }
            throw new LiveFailure("the other process left");
        }

        void roundTrip(byte[] content) throws Exception {
            var answer = new CompletableFuture<Boolean>();
            answered = answer;
            Address other = other();
            channel.send(new BytesMessage(other, content.clone()));
            answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void receive(Message message) {
            answered.complete(true);
        }
    }

    /** Counts the replicas that began: what is sent to one before is lost. */
    private static final class Beginning implements LiveCluster.Watcher {

        private final CountDownLatch missing = new CountDownLatch(Copying.REPLICAS);

        void await() throws InterruptedException {
            if (!missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new LiveFailure("a replica does not begin");
            }
        }

        @Override
        public void observed(Observation observation) {
            if (observation instanceof Observation.Booted booted
                    && booted.node().index() < Copying.REPLICAS) {
                missing.countDown();
            }
        }

        @Override
        public void reached(Moment moment, int place) {
            // No fault waits for it.
        }

        @Override
        public void viewed(long at, List<Member> members) {
            // Nobody leaves.
        }
    }
}
