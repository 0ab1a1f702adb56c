package cairn.part.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.Event;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.part.DiskEvents;
import cairn.part.name.Decision.MembersNamed;
import cairn.part.name.Decision.Registered;
import cairn.part.name.Decision.SetFree;
import cairn.part.name.Decision.TakenUp;
import cairn.part.register.RegisterMessage;
import cairn.part.register.Voters;
import cairn.part.replica.Member;
import cairn.protocol.RecordingOutbox;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.disk.SimulatedDisk;
import cairn.simulator.kernel.Kernel;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.List;

/** Who has the name, among three voters with disks. */
final class NameRegisterTest {

    private static final List<NodeId> VOTERS = NodeId.run(0, 3);
    private static final NodeId ALICE = new NodeId(10);
    private static final NodeId BOB = new NodeId(11);
    private static final int TICKS = 200;

    private record Said(RegisterMessage<Registration> message) implements Message {
        @Override
        public int bytes() {
            return 8;
        }
    }

    /** A message on its way. */
    private record Sent(int from, int to, RegisterMessage<Registration> message) {}

    /** A voter and its disk. */
    private static final class Voter implements DiskEvents<Message> {

        private final NodeId self;
        private final Kernel kernel = new Kernel();
        private final SimulatedDisk disk;
        private RecordingOutbox<Said> out;
        private NameRegister<Said> names;
        private @Nullable Decision decided;

        private Voter(NodeId self) {
            this.self = self;
            disk =
                    new SimulatedDisk(
                            "n" + self.index(),
                            DiskCosts.NVME_PROTECTED,
                            kernel,
                            new SeededChoices(1),
                            this);
            out = new RecordingOutbox<>(0, disk);
            names = fresh();
            start(0);
        }

        private NameRegister<Said> fresh() {
            return new NameRegister<>(new Voters(VOTERS, 2, true), self, Said::new, 0, 1_000);
        }

        private void start(int incarnation) {
            out = new RecordingOutbox<>(0, disk);
            names = fresh();
            names.boot(incarnation, out);
            settle();
        }

        private void settle() {
            while (kernel.step()) {
                // Each step is one operation of the disk.
            }
        }

        @Override
        public void tell(Event.OfDisk<Message> event) {
            names.journal().onDisk(event, out);
        }

        private void on(NodeId from, RegisterMessage<Registration> message) {
            Decision decision = names.on(from, message, out);
            if (decision != null) {
                decided = decision;
            }
        }
    }

    private final List<Voter> voters = VOTERS.stream().map(Voter::new).toList();

    /** Delivers until nobody has a round under way; messages to and from some are lost. */
    private void run(Integer... cutOff) {
        List<Integer> silent = List.of(cutOff);
        ArrayDeque<Sent> wire = new ArrayDeque<>();
        for (int tick = 0; tick < TICKS; tick++) {
            collect(wire);
            while (!wire.isEmpty()) {
                Sent sent = wire.remove();
                if (!silent.contains(sent.from) && !silent.contains(sent.to)) {
                    voters.get(sent.to).on(VOTERS.get(sent.from), sent.message);
                    collect(wire);
                }
            }
            voters.forEach(voter -> voter.names.tick(voter.out));
        }
    }

    private void collect(ArrayDeque<Sent> wire) {
        for (Voter voter : voters) {
            voter.settle();
            for (var sent : voter.out.takeSent()) {
                int from = voter.self.index();
                wire.add(new Sent(from, sent.to().index(), sent.message().message()));
            }
        }
    }

    private Decision decided(int voter) {
        Decision decision = voters.get(voter).decided;
        assertNotNull(decision);
        return decision;
    }

    private Registration registered(int voter, NodeId holder, long afterTerm) {
        voters.get(voter).names.register(holder, afterTerm, voters.get(voter).out);
        run();
        return decided(voter).now();
    }

    @Test
    void cs10OfTwoThatRegisterAtOnceOneHasTheNameAndTheOtherLearnsIt() {
        voters.get(0).names.register(ALICE, 0, voters.get(0).out);
        voters.get(1).names.register(BOB, 0, voters.get(1).out);
        run();
        Registered first = (Registered) decided(0);
        Registered second = (Registered) decided(1);
        assertEquals(first.now(), second.now());
        assertEquals(1, first.now().term());
        assertEquals(first.isOurs(), first.now().isHeldBy(ALICE));
        assertEquals(second.isOurs(), !first.isOurs());
    }

    @Test
    void cs10OnTheSmallerSideOfAPartitionNobodyHasTheName() {
        voters.get(0).names.register(ALICE, 0, voters.get(0).out);
        voters.get(1).names.register(BOB, 0, voters.get(1).out);
        run(0);
        assertNull(voters.getFirst().decided);
        assertTrue(((Registered) decided(1)).isOurs());
        run();
        assertFalse(((Registered) decided(0)).isOurs(), "when the partition is healed");
        assertEquals(decided(1).now(), decided(0).now());
    }

    @Test
    void cs5WhoObservedAnEarlierTermIsLeftWithoutTheName() {
        assertEquals(1, registered(0, ALICE, 0).term());
        Registration still = registered(1, BOB, 0);
        assertTrue(still.isHeldBy(ALICE));
        Registration next = registered(1, BOB, 1);
        assertTrue(next.isHeldBy(BOB));
        assertEquals(2, next.term());
    }

    @Test
    void cs12MembersAreNamedUnderTheTermOfWhoHasTheNameAndStayWithIt() {
        registered(0, ALICE, 0);
        List<Member> members = List.of(new Member(VOTERS.get(1), 7));
        voters.get(0).names.nameMembers(1, members, voters.get(0).out);
        run();
        assertEquals(members, ((MembersNamed) decided(0)).now().members());
        assertEquals(members, registered(1, BOB, 1).members());
        voters.get(0).names.nameMembers(1, List.of(), voters.get(0).out);
        run();
        assertEquals(members, decided(0).now().members(), "it is another's by now");
    }

    @Test
    void cs13ANameThatIsSetFreeIsNobodysAndNothingIsKeptUnderIt() {
        registered(0, ALICE, 0);
        voters.get(0).names.setFree(1, voters.get(0).out);
        run();
        assertEquals(new Registration(2, null, 0, List.of()), ((SetFree) decided(0)).now());
        assertEquals(3, registered(1, BOB, 2).term());
    }

    @Test
    void cs11VotersThatStartAgainAllAtOnceKnowWhoHasTheName() {
        registered(0, ALICE, 0);
        voters.forEach(voter -> voter.start(1));
        voters.get(2).names.takeUp(voters.get(2).out);
        run();
        assertTrue(((TakenUp) decided(2)).now().isHeldBy(ALICE));
    }
}
