package cairn.simulator.network;

import static cairn.simulator.network.Wire.n;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.fault.Fault;
import cairn.model.fault.LinkQuality;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.TreeSet;

class LinksTest {

    private static final Fault.OfNetwork CUT = new Fault.LinkCut(n(0), n(1));

    private static Wire wire() {
        return new Wire(3, NetworkCosts.constant("", 100, Double.POSITIVE_INFINITY));
    }

    @Test
    void aCutCutsBothWaysAndNoOtherLink() {
        Wire wire = wire().strikeAt(0, CUT);
        wire.sendAt(1, 0, 1, 1).sendAt(1, 1, 0, 2).sendAt(1, 0, 2, 3).sendAt(1, 2, 1, 4);
        assertEquals(List.of("2@101:3", "1@101:4"), wire.run());
        assertEquals(2, wire.network.cut());
    }

    @Test
    void aOneWayCutLeavesTheWayBackOpen() {
        Wire wire = wire().strikeAt(0, new Fault.OneWayCut(n(0), n(1)));
        assertEquals(List.of("0@101:2"), wire.sendAt(1, 0, 1, 1).sendAt(1, 1, 0, 2).run());
    }

    @Test
    void anIsolatedMachineReachesItselfOnly() {
        Wire wire = wire().strikeAt(0, new Fault.Isolation(n(1)));
        wire.sendAt(1, 0, 1, 1).sendAt(1, 1, 2, 2).sendAt(1, 1, 1, 3).sendAt(1, 0, 2, 4);
        assertEquals(List.of("1@101:3", "2@101:4"), wire.run());
    }

    @Test
    void whatIsSentDuringACutIsGoneEvenIfTheCutIsHealedBeforeItWouldArrive() {
        Wire wire = wire().strikeAt(0, CUT).sendAt(1, 0, 1, 1).healAt(50, CUT);
        assertEquals(List.of("1@160:2"), wire.sendAt(60, 0, 1, 2).run());
    }

    @Test
    void whatIsOnItsWayWhenACutBeginsIsGoneIfTheLinkIsStillCutWhenItWouldArrive() {
        assertEquals(List.of(), wire().sendAt(0, 0, 1, 1).strikeAt(50, CUT).run());
        assertEquals(
                List.of("1@100:1"),
                wire().sendAt(0, 0, 1, 1).strikeAt(50, CUT).healAt(99, CUT).run());
    }

    @Test
    void aLinkThatWasCutTwiceIsOpenWhenBothCutsAreHealed() {
        Wire wire = wire().strikeAt(0, CUT).strikeAt(0, new Fault.OneWayCut(n(0), n(1)));
        wire.strikeAt(0, new Fault.Isolation(n(0))).healAt(10, CUT).sendAt(10, 0, 1, 1);
        wire.healAt(20, new Fault.Isolation(n(0))).sendAt(20, 0, 1, 2).sendAt(20, 1, 0, 3);
        wire.healAt(30, new Fault.OneWayCut(n(0), n(1))).sendAt(30, 0, 1, 4);
        assertEquals(List.of("0@120:3", "1@130:4"), wire.run());
    }

    @Test
    void aFlapCutsInTheFirstHalfOfEachPeriodBothWays() {
        Fault.OfNetwork flap = new Fault.Flap(n(0), n(1), 20);
        Wire wire = wire().strikeAt(7, flap).healAt(60, flap);
        TreeSet<Integer> open = new TreeSet<>();
        for (int time = 0; time < 80; time++) {
            int now = time;
            wire.at(
                    time,
                    () -> {
                        if (wire.links.isOpen(1, 0)) {
                            open.add(now);
                        }
                        assertEquals(wire.links.isOpen(0, 1), wire.links.isOpen(1, 0));
                    });
        }
        wire.run();
        for (int time = 0; time < 80; time++) {
            boolean cut = time >= 7 && time < 60 && (time - 7) % 20 < 10;
            // At 7 and at 60 the fault comes and goes before it is asked.
            assertEquals(!cut, open.contains(time), "at " + time);
        }
    }

    @Test
    void aBadLinkIsBadOneWayUntilItIsHealed() {
        Fault.OfNetwork bad = new Fault.BadLink(n(0), n(1), new LinkQuality(1, 0, 0, 0, 0));
        Wire wire =
                new Wire(2, NetworkCosts.constant("", 100, 1), new SeededChoices(1))
                        .strikeAt(0, bad)
                        .sendAt(1, 0, 1, 1)
                        .sendAt(1, 1, 0, 2)
                        .healAt(2, bad)
                        .sendAt(3, 0, 1, 3);
        assertEquals(List.of("0@101:2", "1@103:3"), wire.run());
        assertEquals(1, wire.network.lost());
    }

    @Test
    void delaysOfBadLinksAddUpAndLossesCompose() {
        Fault.OfNetwork slow = new Fault.BadLink(n(0), n(1), new LinkQuality(0.5, 0, 0, 0, 30));
        Fault.OfNetwork slower = new Fault.BadLink(n(0), n(1), new LinkQuality(0.5, 0, 0, 0, 40));
        Wire wire = new Wire(2, NetworkCosts.constant("", 100, 1000), new SeededChoices(1));
        wire.links.strike(slow);
        wire.links.strike(slower);
        for (int i = 0; i < 1000; i++) {
            wire.send(0, 1, 0, i);
        }
        wire.run();
        assertEquals(750, (double) wire.network.lost(), 50);
        assertTrue(wire.arrived.stream().allMatch(text -> text.startsWith("1@170:")));
    }

    private static Fault.OfNetwork narrow(double bytesPerNano) {
        return new Fault.BadLink(n(0), n(1), new LinkQuality(0, 0, 0, 0, 0, bytesPerNano));
    }

    @Test
    void messagesWaitForEachOtherWhereTheWayIsNarrow() {
        Wire wire =
                new Wire(3, NetworkCosts.constant("", 100, 10))
                        .strikeAt(0, narrow(0.5))
                        .strikeAt(1, narrow(4));
        wire.at(5, () -> wire.send(0, 1, 10, 1).send(0, 2, 10, 2).send(0, 1, 30, 3));
        wire.at(5, () -> wire.send(1, 0, 10, 4));
        // The narrowest place counts; the ways to others and back are as ever.
        assertEquals(List.of("0@106:4", "2@107:2", "1@126:1", "1@186:3"), wire.run());
        assertEquals(2, wire.links.effects(narrow(0.5)));
    }

    @Test
    void allClassesOfTrafficShareTheNarrowPlace() {
        Wire wire = wire();
        Network other =
                new Network(
                        wire.kernel,
                        wire.choices,
                        wire.links,
                        NetworkCosts.constant("rdma", 100, Double.POSITIVE_INFINITY));
        other.attach(1, (kind, argument, payload) -> wire.arrived.add("rdma@" + wire.kernel.now()));
        wire.links.strike(narrow(1));
        wire.send(0, 1, 40, 1);
        other.send(0, 1, 40, 0, 0, null);
        assertEquals(List.of("1@140:1", "rdma@180"), wire.run());
    }

    @Test
    void whatWaitsGoesOnAtOnceWhenTheWayIsWideAgain() {
        Wire wire = wire().strikeAt(0, narrow(1));
        wire.at(1, () -> wire.send(0, 1, 50, 1).send(0, 1, 1_000_000, 2).send(0, 1, 50, 3));
        wire.healAt(60, narrow(1)).at(61, () -> wire.send(0, 1, 50, 4));
        assertEquals(List.of("1@151:1", "1@160:2", "1@160:3", "1@161:4"), wire.run());
    }

    @Test
    void aWayThatIsTooNarrowForAnythingToPassInTimeHadAnEffect() {
        Wire wire = wire().strikeAt(0, narrow(1e-6));
        wire.at(1, () -> wire.send(0, 1, 50, 1));
        wire.at(59, () -> assertEquals(1, wire.links.effects(narrow(1e-6))));
        assertEquals(List.of("1@160:1"), wire.healAt(60, narrow(1e-6)).run());
    }

    @Test
    void whatWaitsPassesFasterWhenOneOfTwoNarrowPlacesIsMended() {
        Wire wire = wire().strikeAt(0, narrow(0.1)).strikeAt(0, narrow(1));
        wire.at(1, () -> wire.send(0, 1, 50, 1).send(0, 1, 50, 2));
        assertEquals(List.of("1@250:1", "1@300:2"), wire.healAt(100, narrow(0.1)).run());
    }

    @Test
    void aWayThatIsWiderThanWhatIsSentNeedsHoldsNothingUp() {
        Wire wire = wire().strikeAt(0, narrow(1e6));
        wire.at(1, () -> wire.send(0, 1, 50, 1));
        assertEquals(List.of("1@101:1"), wire.run());
        assertEquals(0, wire.links.effects(narrow(1e6)));
    }

    @Test
    void aQualityThatComesBackGoesOnWithItsQuestions() {
        Fault.OfNetwork bad = new Fault.BadLink(n(0), n(1), new LinkQuality(0.5, 0, 0, 0, 0));
        Wire wire = new Wire(2, NetworkCosts.constant("", 0, 1), new SeededChoices(1));
        for (long i = 0; i < 50; i++) {
            wire.strikeAt(2 * i, bad).sendAt(2 * i, 0, 1, i).healAt(2 * i + 1, bad);
        }
        wire.run();
        assertEquals(25, wire.arrived.size(), 10);
        long distinct = wire.choices.answers().stream().distinct().count();
        assertEquals(wire.network.lost(), distinct);
    }

    @Test
    void healingWhatDidNotStrikeIsRefused() {
        Links links = wire().links;
        List.<Fault.OfNetwork>of(
                        CUT,
                        new Fault.OneWayCut(n(0), n(1)),
                        new Fault.Isolation(n(0)),
                        new Fault.Flap(n(0), n(1), 5),
                        new Fault.BadLink(n(0), n(1), LinkQuality.PERFECT))
                .forEach(fault ->
                        assertThrows(IllegalStateException.class, () -> links.heal(fault)));
    }

    @Test
    void faultsOfUnknownMachinesAreRefused() {
        Links links = wire().links;
        assertThrows(IllegalArgumentException.class, () -> links.strike(new Fault.Isolation(n(3))));
        assertThrows(
                IllegalArgumentException.class, () -> links.strike(new Fault.LinkCut(n(0), n(0))));
    }

    @Test
    void aCutCutsAllNetworksThatShareTheLinks() {
        Wire wire = wire();
        Network other =
                new Network(
                        wire.kernel, wire.choices, wire.links, NetworkCosts.constant("rdma", 1, 1));
        other.attach(1, (kind, argument, payload) -> wire.arrived.add("rdma"));
        wire.links.strike(CUT);
        other.send(0, 1, 1, 0, 0, null);
        assertTrue(wire.run().isEmpty());
        wire.links.heal(CUT);
        other.send(0, 1, 1, 0, 0, null);
        assertFalse(wire.run().isEmpty());
    }

    @Test
    void messagesToAnAddressThatWasGivenAwayReachItsTenant() {
        Fault.OfNetwork reused = new Fault.Misdelivery(n(0), n(1), n(2));
        Wire wire =
                new Wire(3, NetworkCosts.constant("", 10, Double.POSITIVE_INFINITY))
                        .strikeAt(50, reused)
                        .healAt(150, reused)
                        .sendAt(0, 0, 1, 1)
                        .sendAt(100, 0, 1, 2)
                        .sendAt(100, 2, 1, 3)
                        .sendAt(200, 0, 1, 4);
        assertEquals(List.of("1@10:1", "2@110:2", "1@110:3", "1@210:4"), wire.run());
    }

    @Test
    void aConnectionOfRdmaKnowsItsOtherEnd() {
        Wire wire =
                new Wire(3, NetworkCosts.constant("rdma", 10, Double.POSITIVE_INFINITY))
                        .strikeAt(0, new Fault.Misdelivery(n(0), n(1), n(2)))
                        .sendAt(100, 0, 1, 1);
        assertEquals(List.of("1@110:1"), wire.run());
    }
}
