package cairn.simulator.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.CalmChoices;
import cairn.fault.ReplayedChoices;
import cairn.fault.strategy.Attempt;
import cairn.fault.strategy.ExhaustiveOrders;
import cairn.fault.strategy.Feedback;
import cairn.fault.strategy.Moments;
import cairn.fault.strategy.PartialOrderChoices;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** The order of arrivals where it is asked for. */
final class PoolTest {

    private static final NetworkCosts COSTS = NetworkCosts.constant("", 100, 1.0);

    private static Wire three(Choices choices) {
        return new Wire(4, COSTS, choices)
                .sendAt(10, 0, 3, 1)
                .sendAt(20, 0, 3, 2)
                .sendAt(30, 1, 3, 3);
    }

    @Test
    void calmlyMessagesArriveWhenAndAsTheyDoWithoutBeingAsked() {
        List<String> unasked = three(new CalmChoices()).run();
        ExhaustiveOrders first = new ExhaustiveOrders(new CalmChoices(), 1);
        Attempt calm = first.next();
        assertEquals(unasked, three(calm == null ? new CalmChoices() : calm.choices()).run());
        assertEquals(List.of("3@110:1", "3@120:2", "3@130:3"), unasked);
    }

    @Test
    void aCalmOrderIsReplayedAsOneThoughPortsWouldHaveMadeAnother() {
        NetworkCosts queueing = COSTS.withReceiverQueues(true);
        Attempt calm = new ExhaustiveOrders(new CalmChoices(), 1).next();
        Wire searched =
                new Wire(4, queueing, Objects.requireNonNull(calm).choices())
                        .send(0, 3, 50, 1)
                        .send(1, 3, 50, 2);
        List<String> arrived = searched.run();
        Wire unasked = new Wire(4, queueing, new CalmChoices()).send(0, 3, 50, 1).send(1, 3, 50, 2);
        assertNotEquals(unasked.run(), arrived);
        assertTrue(searched.choices.answers().stream().allMatch(answer -> answer.value() == 0));
        Wire replayed =
                new Wire(4, queueing, new ReplayedChoices(searched.choices.answers()))
                        .send(0, 3, 50, 1)
                        .send(1, 3, 50, 2);
        assertEquals(arrived, replayed.run());
        assertEquals(searched.choices.answers(), replayed.choices.answers());
    }

    @Test
    void everyOrderThatKeepsEachLinksOrderIsReached() {
        ExhaustiveOrders search = new ExhaustiveOrders(new CalmChoices(), 10);
        TreeSet<String> orders = new TreeSet<>();
        for (Attempt attempt = search.next(); attempt != null; attempt = search.next()) {
            orders.add(String.join(" ", three(attempt.choices()).run()));
            search.learn(attempt, new Feedback(false, 0, new Moments()));
        }
        assertEquals(
                new TreeSet<>(
                        List.of(
                                "3@110:1 3@120:2 3@130:3",
                                "3@110:1 3@130:3 3@130:2",
                                "3@130:3 3@130:1 3@130:2")),
                orders);
    }

    @Test
    void noOrderMakesAMessageSoonerThanItsLinkAllows() {
        NetworkCosts costs = COSTS.withLink(LinkCosts.ordered(new Law.Exponential(1_000, 500)));
        for (long seed = 1; seed < 200; seed++) {
            Wire wire = new Wire(4, costs, new PartialOrderChoices(seed));
            for (int i = 0; i < 8; i++) {
                wire.sendAt(300L * i, i % 3, 3, i);
            }
            List<String> arrived = wire.run();
            assertEquals(8, arrived.size());
            for (String arrival : arrived) {
                String[] parts = arrival.split("[@:]", -1);
                long sent = 300 * Long.parseLong(parts[2]);
                assertTrue(Long.parseLong(parts[1]) >= sent + 1_000, arrival);
            }
        }
    }

    @Test
    void recordedOrdersAreReplayedToTheDigest() {
        for (long seed = 1; seed < 50; seed++) {
            Wire wire = three(new PartialOrderChoices(seed));
            List<String> arrived = wire.run();
            Wire again = three(new ReplayedChoices(wire.choices.answers()));
            assertEquals(arrived, again.run());
            assertEquals(wire.kernel.digest(), again.kernel.digest());
        }
    }

    @Test
    void onceNothingFailsAnyMoreNobodyIsAskedWhoArrives() {
        List<String> calm = three(new CalmChoices()).run();
        boolean everAnother = false;
        for (long seed = 1; seed < 50; seed++) {
            everAnother |= !three(new PartialOrderChoices(seed)).run().equals(calm);
            Wire wire = three(new PartialOrderChoices(seed));
            assertEquals(calm, wire.at(109, wire.network::calm).run(), "seed " + seed);
        }
        assertTrue(everAnother);
    }

    @Test
    void whoWasPassedOverArrivesFirstOnceNothingFailsAnyMore() {
        for (long seed = 1; seed < 50; seed++) {
            Wire wire = three(new PartialOrderChoices(seed)).sendAt(40, 1, 3, 4);
            List<String> arrived = wire.at(115, wire.network::calm).run();
            // What arrived while the order was free, and then the others in the order of their
            // times.
            String first = arrived.getFirst();
            List<String> numbers = arrived.stream().map(one -> one.split(":", -1)[1]).toList();
            assertEquals(
                    first.endsWith(":1")
                            ? List.of("1", "2", "3", "4")
                            : List.of("3", "1", "2", "4"),
                    numbers,
                    "seed " + seed);
        }
    }

    @Test
    void whatIsPickedWhileItsWayIsCutIsLost() {
        Fault.OfNetwork cut = new Fault.LinkCut(Wire.n(1), Wire.n(3));
        for (long seed = 1; seed < 50; seed++) {
            Wire wire = three(new PartialOrderChoices(seed));
            wire.strikeAt(105, cut);
            assertEquals(2, wire.run().size());
            assertEquals(1, wire.network.cut());
        }
    }
}
