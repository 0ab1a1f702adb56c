package cairn.virtual.jgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.choice.Choices;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.network.Links;
import cairn.simulator.network.Network;
import cairn.simulator.network.NetworkCosts;
import cairn.virtual.VirtualProcess;
import cairn.virtual.World;

import org.jgroups.JChannel;
import org.jgroups.protocols.raft.ELECTION;
import org.jgroups.protocols.raft.FileBasedLog;
import org.jgroups.protocols.raft.NO_DUPES;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.protocols.raft.REDIRECT;
import org.jgroups.raft.RaftHandle;
import org.jgroups.raft.StateMachine;
import org.jgroups.stack.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The unmodified jgroups-raft, with its log in real files, on the same stack in virtual time. */
final class RaftTest {

    private static final int MEMBERS = 3;
    private static final long SECOND = 1_000_000_000;
    private static final List<String> NAMES = List.of("n0", "n1", "n2");

    @TempDir private Path folder = Path.of("");

    /** A number that grows by one with each command. */
    private static final class Total implements StateMachine {
        private byte total;

        @Override
        public byte[] apply(byte[] data, int offset, int length, boolean serialize) {
            total++;
            return new byte[] {total};
        }

        @Override
        public void readContentFrom(DataInput in) throws IOException {
            total = in.readByte();
        }

        @Override
        public void writeContentTo(DataOutput out) throws IOException {
            out.writeByte(total);
        }
    }

    /** An answer to a command, and when. */
    private record Answered(long second, int process, int total) {}

    /** What came of a run. */
    private record Outcome(long digest, List<Answered> answers) {}

    private Outcome run(String name, long seed) {
        Choices choices = new SeededChoices(seed);
        Kernel kernel = new Kernel();
        Statics.reset();
        List<Answered> answers = new ArrayList<>();
        try (World world = new World(kernel, choices)) {
            Links links = new Links(kernel, MEMBERS);
            Network network = new Network(kernel, choices, links, NetworkCosts.MESSAGES);
            List<VirtualProcess> processes = new ArrayList<>();
            for (String each : NAMES) {
                VirtualProcess process = world.process(each);
                network.attach(process.index(), process);
                processes.add(process);
                process.start(() -> live(process, network, folder.resolve(name), answers));
            }
            world.run(10 * SECOND, Long.MAX_VALUE);
            VirtualProcess killed = processes.getFirst();
            killed.kill();
            world.run(20 * SECOND, Long.MAX_VALUE);
            killed.start(() -> live(killed, network, folder.resolve(name), answers));
            world.run(30 * SECOND, Long.MAX_VALUE);
        }
        return new Outcome(kernel.digest(), answers);
    }

    private static void live(
            VirtualProcess process, Network network, Path folder, List<Answered> answers) {
        try {
            Wire.register();
            JChannel channel = new JChannel(stack(process, network, folder));
            channel.setName(process.name());
            RaftHandle handle = new RaftHandle(channel, new Total());
            channel.connect("raft");
            while (true) {
                Thread.sleep(1_000);
                command(handle, process, answers);
            }
        } catch (Exception e) {
            throw new IllegalStateException(process.name() + " ended", e);
        }
    }

    private static void command(RaftHandle handle, VirtualProcess process, List<Answered> answers)
            throws Exception {
        try {
            byte[] total = handle.set(new byte[1], 0, 1, 900, TimeUnit.MILLISECONDS);
            long now = process.nanoTime() - VirtualProcess.FIRST_NANOS;
            answers.add(new Answered(now / SECOND, process.index(), total[0]));
        } catch (RuntimeException | TimeoutException | ExecutionException withoutLeader) {
            // There is no leader at the moment; the next command may find one.
            Thread.sleep(1);
        }
    }

    private static Protocol[] stack(VirtualProcess process, Network network, Path folder)
            throws Exception {
        Wire wire = new Wire(network, process, MEMBERS);
        List<Protocol> all = new ArrayList<>(Arrays.asList(Stack.QUICK.protocols(wire)));
        all.add(new NO_DUPES());
        all.add(new ELECTION());
        all.add(
                new RAFT()
                        .members(NAMES)
                        .raftId(process.name())
                        .logClass(FileBasedLog.class.getName())
                        .logDir(folder.toString())
                        .logPrefix(process.name()));
        all.add(new REDIRECT());
        return all.toArray(new Protocol[0]);
    }

    @Test
    void commandsGoOnWithoutOneOfThreeAndTakeTheSameCourseEachTime() {
        Outcome outcome = run("first", 1);
        List<Integer> totals = outcome.answers.stream().map(Answered::total).toList();
        assertEquals(totals.size(), new HashSet<>(totals).size(), totals.toString());
        assertTrue(
                outcome.answers.stream()
                        .anyMatch(answer -> answer.second > 14 && answer.second < 20),
                outcome.answers.toString());
        assertTrue(
                outcome.answers.stream()
                        .anyMatch(answer -> answer.process == 0 && answer.second > 20),
                outcome.answers.toString());
        assertEquals(outcome, run("second", 1));
    }
}
