package cairn.simulator.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.Answer;
import cairn.fault.SeededChoices;
import cairn.model.choice.Choice;
import cairn.model.choice.Law;
import cairn.model.fault.LinkQuality;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.TreeSet;

class NetworkTest {

    private static final NetworkCosts TEN_BYTES_A_NANO = NetworkCosts.constant("", 100, 10);

    @Test
    void aMessageTakesItsSerialisationAndTheLatency() {
        assertEquals(List.of("1@105:7"), new Wire(2, TEN_BYTES_A_NANO).send(0, 1, 50, 7).run());
    }

    @Test
    void messagesLeaveOneAfterTheOtherWhereverTheyGo() {
        Wire wire = new Wire(3, TEN_BYTES_A_NANO);
        wire.send(0, 1, 100, 1).send(0, 2, 100, 2).send(0, 1, 50, 3).send(1, 2, 10, 4);
        assertEquals(List.of("2@101:4", "1@110:1", "2@120:2", "1@125:3"), wire.run());
    }

    @Test
    void fractionsOfANanosecondAddUp() {
        Wire wire = new Wire(2, NetworkCosts.constant("", 0, 3));
        for (int i = 0; i < 300; i++) {
            wire.send(0, 1, 1, i);
        }
        assertEquals("1@100:299", wire.run().getLast());
    }

    @Test
    void messagesFromManyQueueAtTheReceiversPortIfItQueues() {
        Wire wire = new Wire(4, TEN_BYTES_A_NANO.withReceiverQueues(true));
        wire.send(1, 0, 100, 1).send(2, 0, 100, 2).send(3, 0, 50, 3);
        // The third is through its own port first, at 105; the others' bits come while it passes.
        assertEquals(List.of("0@105:3", "0@115:1", "0@125:2"), wire.run());
        Wire free = new Wire(4, TEN_BYTES_A_NANO);
        free.send(1, 0, 100, 1).send(2, 0, 100, 2).send(3, 0, 50, 3);
        assertEquals(List.of("0@105:3", "0@110:1", "0@110:2"), free.run());
    }

    @Test
    void messagesOfOneSenderAreNotDelayedByTheReceiversPort() {
        Wire wire = new Wire(2, TEN_BYTES_A_NANO.withReceiverQueues(true));
        wire.send(0, 1, 100, 1).send(0, 1, 30, 2).send(0, 1, 70, 3);
        assertEquals(List.of("1@110:1", "1@113:2", "1@120:3"), wire.run());
    }

    @Test
    void anOrderedLinkKeepsTheOrderAndAnUnorderedOneNeedNot() {
        LinkCosts ordered = LinkCosts.ordered(new Law.Uniform(10, 1000));
        assertTrue(inOrder(sendHundred(ordered)));
        assertTrue(!inOrder(sendHundred(ordered.unordered())));
    }

    private static Wire sendHundred(LinkCosts link) {
        Wire wire = new Wire(2, TEN_BYTES_A_NANO.withLink(link), new SeededChoices(1));
        for (int i = 0; i < 100; i++) {
            wire.send(0, 1, 1, i);
        }
        wire.run();
        assertEquals(100, wire.arrived.size());
        return wire;
    }

    private static boolean inOrder(Wire wire) {
        List<Long> numbers =
                wire.arrived.stream()
                        .map(text -> Long.parseLong(text.substring(text.indexOf(':') + 1)))
                        .toList();
        return numbers.equals(numbers.stream().sorted().toList());
    }

    @Test
    void aMessageToOneselfMeetsNoPort() {
        Wire wire = new Wire(1, TEN_BYTES_A_NANO.withReceiverQueues(true));
        assertEquals(List.of("0@100:1", "0@100:2"), wire.send(0, 0, 999, 1).send(0, 0, 9, 2).run());
    }

    @Test
    void whatCannotVaryIsNotAsked() {
        Wire wire = new Wire(2, TEN_BYTES_A_NANO, NetworkTest::refuse);
        assertEquals(1, wire.send(0, 1, 1, 1).run().size());
    }

    private static long refuse(Choice choice, long count) {
        throw new AssertionError(choice + " was asked");
    }

    @Test
    void choicesAreNamedByTheirLink() {
        LinkQuality quality = new LinkQuality(0.3, 0.3, 0.3, 0.3, 0);
        NetworkCosts costs =
                new NetworkCosts(
                        "rdma",
                        1,
                        false,
                        LinkCosts.ordered(new Law.Uniform(1, 9)).withQuality(quality));
        Wire wire = new Wire(3, costs, new SeededChoices(1));
        for (int i = 0; i < 50; i++) {
            wire.send(1, 2, 1, i);
        }
        wire.run();
        TreeSet<String> names = new TreeSet<>();
        wire.choices.answers().forEach(answer -> names.add(answer.choice()));
        assertEquals(
                List.of(
                        "rdma corruption n1>n2",
                        "rdma duplication n1>n2",
                        "rdma held back n1>n2",
                        "rdma latency n1>n2",
                        "rdma loss n1>n2",
                        "rdma reordering n1>n2"),
                List.copyOf(names));
    }

    @Test
    void everyMessageIsCountedOnce() {
        LinkQuality quality = new LinkQuality(0.2, 0.2, 0.2, 0.2, 0);
        Wire wire =
                new Wire(
                        2,
                        TEN_BYTES_A_NANO.withLink(TEN_BYTES_A_NANO.link().withQuality(quality)),
                        new SeededChoices(3));
        for (int i = 0; i < 1000; i++) {
            wire.send(0, 1, 8, i);
        }
        wire.run();
        Network network = wire.network;
        assertEquals(1000, network.sent());
        assertEquals(8000, network.bytes());
        assertEquals(wire.arrived.size(), network.delivered());
        assertEquals(
                network.sent() + network.doubled() - network.lost() - network.corrupted(),
                network.delivered());
        assertEquals(200, (double) network.lost(), 50);
        assertEquals(160, (double) network.corrupted(), 50);
        assertEquals(128, (double) network.doubled(), 50);
        assertEquals(128, (double) network.heldBack(), 50);
    }

    @Test
    void aMessageThatIsHeldBackIsOvertakenOnAnOrderedLink() {
        LinkCosts link =
                new LinkCosts(
                        new Law.Constant(10),
                        true,
                        new LinkQuality(0, 0, 0.5, 0, 0),
                        new Law.Constant(1000));
        Wire wire = sendHundred(link);
        assertTrue(!inOrder(wire));
        assertEquals(
                wire.network.heldBack(), wire.arrived.stream().filter(NetworkTest::isLate).count());
    }

    private static boolean isLate(String arrival) {
        return Long.parseLong(arrival.substring(2, arrival.indexOf(':'))) > 1000;
    }

    @Test
    void theTraceHashDependsOnWhatWasDeliveredAlsoBehindAQueueingPort() {
        assertEquals(digest(1), digest(1));
        assertNotEquals(digest(1), digest(2));
    }

    private static long digest(long argument) {
        Wire wire = new Wire(2, TEN_BYTES_A_NANO.withReceiverQueues(true));
        wire.send(0, 1, 1, argument).run();
        return wire.kernel.digest();
    }

    @Test
    void theAnswersOfARunGiveTheSameRunAgain() {
        NetworkCosts costs = NetworkCosts.MESSAGES;
        Wire first = new Wire(3, costs, new SeededChoices(5));
        Wire again = new Wire(3, costs, new SeededChoices(5));
        Wire other = new Wire(3, costs, new SeededChoices(6));
        for (Wire wire : List.of(first, again, other)) {
            for (int i = 0; i < 100; i++) {
                wire.send(i % 3, (i + 1) % 3, 64, i);
            }
            wire.run();
        }
        assertEquals(first.arrived, again.arrived);
        assertEquals(first.kernel.digest(), again.kernel.digest());
        assertEquals(
                first.choices.answers().stream().map(Answer::toString).toList(),
                again.choices.answers().stream().map(Answer::toString).toList());
        assertNotEquals(first.kernel.digest(), other.kernel.digest());
    }

    @Test
    void tenThousandHostsNeedNoPlaceForEachPair() {
        Wire wire = new Wire(10_000, TEN_BYTES_A_NANO);
        for (int i = 1; i < 10_000; i++) {
            wire.send(i, 0, 0, i);
        }
        assertEquals(9_999, wire.run().size());
    }

    @Test
    void sendingToNobodyAndNegativeKindsAreRefused() {
        Wire wire = new Wire(2, TEN_BYTES_A_NANO);
        Network unattached = new Network(wire.kernel, wire.choices, wire.links, TEN_BYTES_A_NANO);
        assertThrows(IllegalStateException.class, () -> unattached.send(0, 1, 1, 1, 1, null));
        assertThrows(IllegalArgumentException.class, () -> wire.network.send(0, 1, 1, -1, 1, null));
    }
}
