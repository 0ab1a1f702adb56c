package cairn.cluster.probe;

import cairn.cluster.node.LiveMachine;
import cairn.cluster.run.LiveCluster;
import cairn.cluster.run.LiveFailure;
import cairn.cluster.run.LiveScenario;
import cairn.cluster.run.Machines;
import cairn.fault.FaultPlan;
import cairn.model.Application;
import cairn.model.property.Bounds;
import cairn.model.service.Workload;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What the live path adds to JGroups and to a sync: a segment of 1 KiB to two replicas beside bare
 * messages of the same size, in turn in one run. Whoever waits is woken in the same way on both
 * sides.
 */
public final class SpeedProbe {

    private static final int SEGMENT_BYTES = 1024;
    private static final int WARM_UP = 500;
    private static final long PATIENCE_SECONDS = 10;

    private final Path folder;
    private final int times;

    /** What is measured. */
    public enum Step {
        /** 1 KiB to another process and 8 bytes back, by JGroups alone. */
        BARE("JGroups alone, there and back"),
        /** The same to two processes at once, until both have answered. */
        BARE_PAIR("JGroups alone, two at once"),
        /** 1 KiB to two replicas until both hold it in memory. */
        MEMORY("two replicas, in memory"),
        /** 1 KiB written to an open file, and synced. */
        SYNC("sync alone"),
        /** The bare pair, each of which syncs before it answers, on the thread that heard. */
        BARE_SYNCED_PAIR("JGroups alone, two that sync"),
        /** 1 KiB to two replicas until both hold it on disk. */
        DURABLE("two replicas, durable");

        private final String title;

        Step(String title) {
            this.title = title;
        }

        /** What it is, for a table. */
        public String title() {
            return title;
        }
    }

    /** A step that is timed. */
    private interface Action {
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

    /** Measures each step, in nanoseconds; starts four processes, and ends them. */
    public Map<Step, LiveProbe.Spread> measure() {
        try {
            Files.createDirectories(folder);
            try (BareGroup bare = BareGroup.of(Copying.REPLICAS, folder)) {
                return besideReplicas(bare);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LiveFailure("interrupted", e);
        } catch (Exception e) {
            throw new LiveFailure("cannot measure in " + folder + ": " + e, e);
        }
    }

    private Map<Step, LiveProbe.Spread> besideReplicas(BareGroup bare) throws Exception {
        var application =
                new Application.Served(
                        new Idle(), new Workload(1, 1, new Workload.Loop.Closed(0), 1_000_000_000));
        var scenario =
                new LiveScenario<Copying.Word>(
                        new Copying(), application, FaultPlan.NONE, new Bounds(1, 1, 1), 0, 0, 0);
        var beginning = new Beginning(Copying.REPLICAS);
        try (var cluster =
                        new LiveCluster<>(
                                scenario,
                                Machines.loopback(),
                                folder.resolve("replicas"),
                                1,
                                List.of(),
                                beginning);
                FileChannel file = BareEcho.open(folder.resolve("synced"))) {
            cluster.start();
            beginning.await();
            var sender = new Copying.Sender();
            LiveMachine<Copying.Word> machine = cluster.client(Copying.REPLICAS, sender);
            byte[] segment = new byte[SEGMENT_BYTES];
            byte[] durable = new byte[SEGMENT_BYTES];
            durable[0] = BareEcho.DURABLE;
            Map<Step, Action> actions = new EnumMap<>(Step.class);
            actions.put(Step.BARE, () -> bare.ask(1, segment));
            actions.put(Step.BARE_PAIR, () -> bare.ask(Copying.REPLICAS, segment));
            actions.put(Step.MEMORY, () -> copy(machine, sender, false, segment));
            actions.put(Step.SYNC, () -> BareEcho.sync(file, ByteBuffer.wrap(segment)));
            actions.put(Step.BARE_SYNCED_PAIR, () -> bare.ask(Copying.REPLICAS, durable));
            actions.put(Step.DURABLE, () -> copy(machine, sender, true, segment));
            return timed(actions);
        }
    }

    private Map<Step, LiveProbe.Spread> timed(Map<Step, Action> actions) throws Exception {
        Map<Step, long[]> samples = new EnumMap<>(Step.class);
        actions.keySet().forEach(step -> samples.put(step, new long[times]));
        for (int i = -WARM_UP; i < times; i++) {
            for (Map.Entry<Step, Action> each : actions.entrySet()) {
                long begun = System.nanoTime();
                each.getValue().run();
                if (i >= 0) {
                    Objects.requireNonNull(samples.get(each.getKey()))[i] =
                            System.nanoTime() - begun;
                }
            }
        }
        Map<Step, LiveProbe.Spread> spreads = new EnumMap<>(Step.class);
        samples.forEach((step, sample) -> spreads.put(step, LiveProbe.Spread.of(sample)));
        return spreads;
    }

    private static void copy(
            LiveMachine<Copying.Word> machine,
            Copying.Sender sender,
            boolean durable,
            byte[] segment)
            throws Exception {
        var piece = new Copying.Piece(durable, segment);
        var safe = new CompletableFuture<Boolean>();
        machine.perform(out -> sender.copy(piece, safe, out));
        safe.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
