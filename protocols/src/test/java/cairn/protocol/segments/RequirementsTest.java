package cairn.protocol.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.Boot;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Outbox;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Records;
import cairn.model.Seat;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.property.Judgement;
import cairn.model.property.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The requirements on segment replication in whole runs, one after the other. That each of them
 * fails when the rule behind it is broken is shown by {@link Sabotages}.
 */
final class RequirementsTest {

    private static final long AT = 5 * Tried.MILLISECOND;
    private static final SegmentsSettings QUICK =
            Records.like(SegmentsSettings.DEFAULT)
                    .with("heartbeatNanos", 200_000)
                    .with("suspectAfterNanos", 1_000_000)
                    .with("leaveAfterNanos", 2_000_000)
                    .made();

    private static void holds(String property, List<Judgement> judgements) {
        for (Judgement judgement : judgements) {
            if (judgement.property().equals(property)) {
                assertInstanceOf(Verdict.Holds.class, judgement.verdict(), property);
            }
        }
    }

    private static long newestAcknowledgedBefore(long at, Tried run) {
        return run.claims(Fact.Acknowledged.class).stream()
                .filter(claimed -> claimed.at() < at)
                .mapToLong(claimed -> ((Fact.Acknowledged) claimed.fact()).epoch().number())
                .max()
                .orElseThrow();
    }

    private static long lastResumed(Tried run) {
        Observation.Claimed last = run.claims(Fact.Resumed.class).getLast();
        return ((Fact.Resumed) last.fact()).epoch().number();
    }

    @Test
    void cs1AServiceThatIsStartedAgainKnowsItsRegistrationAndTheApplicationGoesOn() {
        Tried run = new Tried(SegmentsSettings.DEFAULT);
        run.with(AT, new Fault.ProcessCrash(run.service(1)), 300_000).soundly();
        assertFalse(run.ended(run.application(1)));
        assertEquals(1, run.claims(Fact.Registered.class).size());
    }

    @Test
    void cs1AServiceThatIsStartedAgainSaysSoUntilItsApplicationHasHeardIt() {
        for (long later = 0; later < 200_000; later += 20_000) {
            Tried run = new Tried(SegmentsSettings.DEFAULT);
            Fault unheard = new Fault.OneWayCut(run.service(1), run.application(1));
            run.with(AT + later, new Fault.ProcessCrash(run.service(1)), 300_000)
                    .with(AT + later, unheard, 2 * Tried.MILLISECOND)
                    .soundly();
            assertFalse(run.ended(run.application(1)));
        }
    }

    @Test
    void cs1AnApplicationThatCrashesLeavesTheRegistrationIntact() {
        Tried run = new Tried(QUICK);
        holds("DUR", run.with(AT, new Fault.ProcessCrash(run.application(1)), AT).soundly());
        assertEquals(2, run.claims(Fact.Registered.class).size());
    }

    @Test
    void cs2WhatIsOnlyInTheNodesOwnStorageIsNotAcknowledged() {
        Tried run =
                new Tried(
                        Records.like(SegmentsSettings.DEFAULT)
                                .with("suspectAfterNanos", 90_000_000)
                                .made());
        for (int other = 2; other <= 5; other++) {
            run.with(AT, new Fault.LinkCut(run.service(1), run.service(other)), AT);
        }
        run.soundly();
        long under = 500_000;
        assertTrue(
                run.claims(Fact.Acknowledged.class).stream()
                        .noneMatch(one -> one.at() > AT + under && one.at() < 2 * AT));
        assertTrue(run.claims(Fact.Cut.class).stream().anyMatch(one -> one.at() > AT));
    }

    @Test
    void cs3NothingIsAcknowledgedBeforeSoManyOtherNodesHoldIt() {
        // Only the third service is in a third domain, and it is not there at first.
        Tried run =
                new Tried(Records.like(SegmentsSettings.DEFAULT).with("failureDomains", 3).made());
        run.with(0, new Fault.ProcessCrash(run.service(3)), AT).soundly();
        assertTrue(run.claims(Fact.Acknowledged.class).getFirst().at() > AT);
        Set<NodeId> holders = new TreeSet<>();
        long first = newestAcknowledgedBefore(Long.MAX_VALUE, run);
        for (Observation.Claimed claimed : run.claims(Fact.Held.class)) {
            if (((Fact.Held) claimed.fact()).version().number() == first) {
                holders.add(claimed.node());
            }
        }
        holders.remove(run.service(1));
        assertEquals(2, holders.size());
    }

    @Test
    void cs4AReplicaAndTheOriginMayBeLostTogether() {
        Tried run = new Tried(QUICK);
        run.with(AT, new Fault.PermanentLoss(run.service(1)), Tried.MILLISECOND)
                .with(AT, new Fault.PermanentLoss(run.application(1)), Tried.MILLISECOND)
                .with(AT, new Fault.PermanentLoss(run.service(3)), Tried.MILLISECOND);
        holds("DUR", run.soundly());
        assertTrue(lastResumed(run) >= newestAcknowledgedBefore(AT, run));
    }

    @ParameterizedTest
    @EnumSource
    void cs5TheNewestVersionIsLoadedWhoeverAsksForIt(Requester requester) {
        Tried run = new Tried(Records.like(QUICK).with("loadedBy", requester).made());
        run.with(AT, new Fault.ProcessCrash(run.application(1)), 8 * AT);
        holds("DUR", run.soundly());
        assertTrue(lastResumed(run) >= newestAcknowledgedBefore(AT, run));
    }

    @Test
    void cs7TheGlobalStorageServesWhenNoReplicaIsLeft() {
        Tried run =
                new Tried(
                        Records.like(QUICK).with("replicas", 1).with("globalStorage", true).made());
        for (int replica = 1; replica <= 2; replica++) {
            run.with(AT, new Fault.PermanentLoss(run.service(replica)), Tried.MILLISECOND);
        }
        run.with(AT, new Fault.ProcessCrash(run.application(1)), AT).soundly();
        assertTrue(lastResumed(run) >= newestAcknowledgedBefore(AT, run));
    }

    @Test
    void cs9OnlyNodesThatCanRunTheApplicationEverDo() {
        Tried run = new Tried(QUICK);
        run.with(AT, new Fault.ProcessCrash(run.application(1)), AT)
                .with(2 * AT, new Fault.ProcessCrash(run.application(2)), AT)
                .soundly();
        for (Observation.Claimed claimed : run.claims(Fact.Leading.class)) {
            assertTrue(run.topology().applications().contains(claimed.node()));
        }
        assertTrue(
                run.claims(Fact.Held.class).stream()
                        .anyMatch(claimed -> claimed.node().equals(run.service(3))));
    }

    @Test
    void cs10TwoRegistrationsOfOneNameOneWins() {
        Tried run = new Tried(QUICK);
        for (NodeId apart : List.of(run.application(1), run.service(1))) {
            for (int other = 2; other <= 5; other++) {
                run.with(0, new Fault.LinkCut(apart, run.service(other)), AT);
            }
            run.with(0, new Fault.LinkCut(apart, run.application(2)), AT);
        }
        run.soundly();
        // The first node asks all the while, on the side without a majority.
        Observation.Claimed first = run.claims(Fact.Registered.class).getFirst();
        assertEquals(run.application(2), ((Fact.Registered) first.fact()).holder());
        assertTrue(first.at() < AT);
        assertEquals(1, run.claims(Fact.Registered.class).size());
    }

    @Test
    void cs11TheNameIsStillRegisteredWhenAllServicesHaveLostPower() {
        Tried run = new Tried(SegmentsSettings.DEFAULT);
        for (NodeId service : run.topology().services()) {
            run.with(AT, new Fault.PowerLoss(service), 300_000);
        }
        run.soundly();
        assertFalse(run.ended(run.application(1)));
        assertEquals(1, run.claims(Fact.Registered.class).size());
    }

    @Test
    void cs12WhenAReplicaLeavesAnotherTakesItsPart() {
        Tried run = new Tried(QUICK);
        holds(
                "DEG",
                run.with(AT, new Fault.PermanentLoss(run.service(2)), Injection.NEVER).soundly());
        assertTrue(
                run.claims(Fact.Held.class).stream()
                        .anyMatch(claimed -> claimed.node().equals(run.service(4))));
    }

    @Test
    void cs13TheFormerOriginStoresNothingMoreWhenItComesBack() {
        Tried run = new Tried(QUICK);
        holds("FENCE", run.with(AT, new Fault.Pause(run.service(1)), 2 * AT).soundly());
        assertEquals(2, run.claims(Fact.Registered.class).size());
    }

    @Test
    void cs13AnUnregisteredNameIsFreeAndItsCopiesAreDropped() {
        Tried run = new Tried(QUICK);
        run.changed(sound -> new Unregistering(sound, run.service(1))).run(false);
        List<Observation.Claimed> registered = run.claims(Fact.Registered.class);
        assertEquals(1, ((Fact.Registered) registered.get(0).fact()).term());
        assertEquals(3, ((Fact.Registered) registered.get(1).fact()).term());
        Observation.Claimed again = run.claims(Fact.Resumed.class).get(1);
        assertEquals(Epoch.ZERO, ((Fact.Resumed) again.fact()).epoch());
        assertTrue(
                run.claims(Fact.Held.class).stream()
                        .anyMatch(one ->
                                one.node().equals(run.service(3))
                                        && ((Fact.Held) one.fact()).version().equals(Epoch.ZERO)));
    }

    /** The protocol, with a first application that gives its name up once. */
    private record Unregistering(Protocol<SegmentsMessage> sound, NodeId service)
            implements Protocol<SegmentsMessage> {

        @Override
        public String name() {
            return sound.name();
        }

        @Override
        public List<Seat> seats() {
            return sound.seats();
        }

        @Override
        public Node<SegmentsMessage> node(NodeId place) {
            Node<SegmentsMessage> node = sound.node(place);
            return place.index() == 0 ? new Quitter(node, service) : node;
        }

        @Override
        public Promise promise() {
            return sound.promise();
        }

        @Override
        public List<NodeId> servers() {
            return sound.servers();
        }
    }

    /** An application that gives its name up after a while. */
    private static final class Quitter implements Node<SegmentsMessage> {

        private final Node<SegmentsMessage> application;
        private final NodeId service;
        private int requests;

        Quitter(Node<SegmentsMessage> application, NodeId service) {
            this.application = application;
            this.service = service;
        }

        @Override
        public void boot(Boot boot, Outbox<SegmentsMessage> out) {
            application.boot(boot, out);
        }

        @Override
        public void on(Event<SegmentsMessage> event, Outbox<SegmentsMessage> out) {
            if (event instanceof Event.Asked<SegmentsMessage> && ++requests == 100) {
                out.send(service, new SegmentsMessage.Unregister(1));
            }
            application.on(event, out);
        }

        @Override
        public String waitsFor() {
            return application.waitsFor();
        }
    }
}
