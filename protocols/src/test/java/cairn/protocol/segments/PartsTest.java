package cairn.protocol.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.Records;
import cairn.part.Patience;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.segments.SegmentsMessage.Complete;
import cairn.protocol.segments.SegmentsMessage.Holds;
import cairn.protocol.segments.SegmentsMessage.Piece;
import cairn.protocol.segments.SegmentsMessage.Probe;
import cairn.protocol.segments.SegmentsMessage.Read;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Parts of segment replication by themselves: reading, loading, placing, and what is stored. */
final class PartsTest {

    private static final NodeId ONE = new NodeId(2);
    private static final NodeId TWO = new NodeId(3);
    private static final SegmentsSettings SETTINGS = SegmentsSettings.DEFAULT;

    private static final Setup SETUP =
            Setup.of(
                    Records.like(SETTINGS).with("segments", 2).made(),
                    new Bank(BankSettings.DEFAULT),
                    1,
                    CpuCosts.DEFAULT,
                    Rules.SOUND);

    private final RecordingOutbox<SegmentsMessage> out = new RecordingOutbox<>(0, null);

    private static Segment segment(int index, long version, int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return new Segment(index, version, content);
    }

    private static Copy copy(long version) {
        return new Copy(
                1, version, version - 1, List.of(segment(0, version, 1, 2), segment(1, 4, 3)));
    }

    private LocalStorage stored(long version) {
        LocalStorage local = new LocalStorage(SETUP, Copy.NOTHING);
        local.put(segment(0, version, 1));
        local.put(segment(1, version, 2));
        assertTrue(local.complete(new Complete(1, version, List.of(version, version))));
        return local;
    }

    private @Nullable Copy readOn(LocalStorage local, long before) {
        local.read(before, out);
        return local.computed(out.takeComputing().getLast(), 1, before, out);
    }

    @Test
    void cs8SegmentsThatAreReadBetweenTwoVersionsAreNotTakenForOne() {
        LocalStorage local = stored(5);
        assertNull(readOn(local, 4));
        // The application overwrites the second segment before it is read.
        local.put(segment(1, 6, 9));
        assertNull(local.computed(out.takeComputing().getLast(), 1, 4, out));
        local.put(segment(0, 6, 8));
        assertTrue(local.complete(new Complete(1, 6, List.of(6L, 6L))));
        assertNull(readOn(local, 4));
        Copy whole = local.computed(out.takeComputing().getLast(), 1, 4, out);
        assertNotNull(whole);
        assertEquals(6, whole.version());
        assertEquals(9, whole.segments().get(1).content()[0]);
    }

    @Test
    void cs8AVersionOfWhichSomethingDidNotArriveIsNotComplete() {
        LocalStorage local = stored(5);
        local.put(segment(0, 6, 8));
        assertFalse(local.complete(new Complete(1, 6, List.of(6L, 6L))));
    }

    private Loader loader() {
        Registration registration =
                new Registration(
                        7, new NodeId(1), 1, List.of(new Member(ONE, 0), new Member(TWO, 4)));
        Loader loader = new Loader(SETUP, registration);
        loader.start(out);
        return loader;
    }

    private static Holds holds(int identity, long version) {
        return new Holds(0, identity, 7, version, version);
    }

    private static Piece piece(Copy copy, int index) {
        Segment segment = copy.segments().get(index);
        return new Piece(
                copy.version(), copy.former(), copy.segments().size(), segment, segment.checksum());
    }

    private NodeId asked(int index) {
        var last = out.takeSent().getLast();
        assertEquals(index, ((Read) last.message()).index());
        return last.to();
    }

    @Test
    void cs6WhatIsMissingComesFromAnotherReplicaWhenTheFirstFallsSilent() {
        Loader loader = loader();
        loader.holds(ONE, holds(0, 9), out);
        loader.holds(TWO, holds(4, 9), out);
        NodeId first = asked(0);
        NodeId second = first.equals(ONE) ? TWO : ONE;
        loader.piece(first, piece(copy(9), 0), out);
        assertEquals(first, asked(1));
        NodeId next = first;
        for (int tick = 0; tick < 20 && next.equals(first); tick++) {
            loader.tick(out);
            for (var sent : out.takeSent()) {
                if (sent.message() instanceof Read(long version, int index)) {
                    assertEquals(9, version);
                    assertEquals(1, index);
                    next = sent.to();
                }
            }
        }
        assertEquals(second, next);
        // The first one is heard no more.
        loader.piece(first, piece(copy(9), 1), out);
        assertNull(loader.loaded());
        loader.piece(second, piece(copy(9), 1), out);
        Copy loaded = loader.loaded();
        assertNotNull(loaded);
        assertEquals(7, loaded.term());
        assertEquals(2, loaded.segments().size());
    }

    @Test
    void cs6APieceThatIsNotWhatWasSentIsNotUsed() {
        Loader loader = loader();
        loader.holds(ONE, holds(0, 9), out);
        loader.holds(TWO, holds(4, 8), out);
        assertEquals(ONE, asked(0));
        Piece good = piece(copy(9), 0);
        loader.piece(ONE, new Piece(9, 8, 2, segment(0, 9, 1, 3), good.checksum()), out);
        assertTrue(out.takeSent().isEmpty());
    }

    @Test
    void cs5AnAnswerOfABlankDiskInTheMembersPlaceDoesNotCount() {
        Loader loader = loader();
        loader.holds(TWO, holds(5, 0), out);
        loader.tick(out);
        assertNull(loader.loaded());
        assertTrue(out.takeSent().stream().allMatch(sent -> sent.message() instanceof Probe));
        loader.holds(ONE, holds(0, 9), out);
        assertEquals(ONE, asked(0));
    }

    @Test
    void whenEveryMemberLostItsDiskTheNewestThatIsLeftIsLoaded() {
        Loader loader = loader();
        loader.holds(ONE, holds(1, 0), out);
        loader.holds(TWO, holds(5, 0), out);
        Copy loaded = loader.loaded();
        assertNotNull(loaded);
        assertEquals(0, loaded.version());
    }

    private static List<NodeId> services(SegmentsSettings settings, int... numbers) {
        List<NodeId> services = new ArrayList<>();
        for (int number : numbers) {
            services.add(new Topology(settings).services().get(number - 1));
        }
        return services;
    }

    @Test
    void cs4ReplicasAreInDifferentFailureDomainsAndNotWithTheOrigin() {
        SegmentsSettings racks =
                Records.like(SETTINGS)
                        .with("storageNodes", 5)
                        .with("failureDomains", 4)
                        .with("replicas", 3)
                        .with("segments", 1)
                        .made();
        Topology topology = new Topology(racks);
        for (NodeId origin : topology.services()) {
            Set<NodeId> chosen = new Placement(topology, 3, origin, Set.of(), Set.of()).choose();
            Set<Integer> domains = new TreeSet<>();
            chosen.forEach(place -> domains.add(topology.domain(place)));
            assertEquals(4, chosen.size());
            assertEquals(4, domains.size());
            assertTrue(chosen.contains(origin));
        }
    }

    @Test
    void cs12WhoHoldsCopiesStaysAndWhoIsSilentIsReplaced() {
        Topology topology = new Topology(SETTINGS);
        List<NodeId> services = services(SETTINGS, 1, 4, 5, 2);
        Set<NodeId> present = new TreeSet<>(services.subList(0, 3));
        assertEquals(
                present, new Placement(topology, 2, services.get(0), present, Set.of()).choose());
        assertEquals(
                new TreeSet<>(services(SETTINGS, 1, 2, 5)),
                new Placement(topology, 2, services.get(0), present, Set.of(services.get(1)))
                        .choose());
    }

    @Test
    void cs13ALaterVersionOrOneOfALaterTermTakesAnothersPlaceAndNoOther() {
        assertTrue(Rules.SOUND.isNewer(copy(9), copy(8)));
        assertFalse(Rules.SOUND.isNewer(copy(8), copy(8)));
        assertFalse(Rules.SOUND.isNewer(copy(8), copy(9)));
        assertTrue(Rules.SOUND.isNewer(copy(8).under(2), copy(9)));
        assertTrue(Rules.SOUND.isFenced(1, 2));
        assertFalse(Rules.SOUND.isFenced(2, 2));
    }

    @Test
    void cs13APartIsPutOnTheVersionThatItDiffersFrom() {
        Copy before = copy(8);
        Copy after = new Copy(1, 9, 8, List.of(segment(0, 9, 7, 7), before.segments().get(1)));
        Copy part = after.since(8);
        assertEquals(1, part.segments().size());
        Copy put = part.on(before);
        assertEquals(after, put);
    }

    @Test
    void aCopyAsBytesIsTheSameCopyAndATornOneIsNone() {
        Copy copy = copy(9);
        byte[] bytes = copy.toBytes();
        Copy read = Copy.fromBytes(bytes);
        assertNotNull(read);
        assertEquals(copy.version(), read.version());
        assertEquals(copy.segments().get(1).checksum(), read.segments().get(1).checksum());
        for (int i = 0; i < bytes.length; i++) {
            byte[] torn = bytes.clone();
            torn[i] ^= 1;
            assertNull(Copy.fromBytes(torn), "byte " + i);
        }
        assertNull(Copy.fromBytes(new byte[0]));
    }

    @Test
    void whatIsSaidInVainIsSaidAgainLessAndLessOften() {
        Patience patience = new Patience(2, 256);
        List<Integer> said = new ArrayList<>();
        for (int tick = 1; tick <= 30; tick++) {
            if (patience.isOver()) {
                said.add(tick);
            }
        }
        assertEquals(List.of(2, 6, 14, 30), said);
        patience.begin();
        assertFalse(patience.isOver());
        assertTrue(patience.isOver());
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Records.like(SETTINGS).with("replicas", 5).made());
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        Records.like(SETTINGS)
                                .with("ableNodes", 1)
                                .with("storageNodes", 0)
                                .with("failureDomains", 2)
                                .with("replicas", 1)
                                .made());
        assertThrows(
                IllegalArgumentException.class,
                () -> Records.like(SETTINGS).with("segments", 0).made());
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        Records.like(SETTINGS)
                                .with("heartbeatNanos", 1_000)
                                .with("suspectAfterNanos", 1_000)
                                .made());
    }
}
