package cairn.protocol.redundancy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Image;
import cairn.part.ensemble.Choice;
import cairn.part.ensemble.EnsembleMessage;
import cairn.part.ensemble.EnsembleMessage.OfPiece;
import cairn.part.ensemble.EnsembleMessage.Put;
import cairn.part.ensemble.Held;
import cairn.part.ensemble.Piece;
import cairn.part.ensemble.Vault;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.RecordingOutbox.Sent;
import cairn.protocol.redundancy.RedundancySettings.Scheme;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The vaults of a group of three, each with a copy of its left neighbour's image. */
final class MemoryVaultTest {

    private static final Epoch FIRST = new Epoch(1);
    private static final Epoch SECOND = new Epoch(2);
    private static final int RANKS = 3;

    private final Placement placement =
            new Placement(
                    RANKS,
                    new RedundancySettings(Scheme.PARTNER, RANKS, 1, 1, true, 1_000, 1_000),
                    Rules.SOUND);
    private final List<Place> places = new ArrayList<>();
    private Predicate<EnsembleMessage> lost = _ -> false;

    MemoryVaultTest() {
        for (int rank = 0; rank < RANKS; rank++) {
            places.add(new Place(rank));
        }
    }

    /** A rank's vault, and what it told its owner. */
    private final class Place implements Vault.Owner {
        private final int rank;
        private final RecordingOutbox<EnsembleMessage> out = new RecordingOutbox<>(8_192, null);
        private final List<Epoch> kept = new ArrayList<>();
        private MemoryVault vault;
        private boolean fetched;
        private @Nullable Image image;

        Place(int rank) {
            this.rank = rank;
            vault = empty();
        }

        private MemoryVault empty() {
            return new MemoryVault(rank, this, placement.of(rank), Rules.SOUND);
        }

        /** The process ends: its memory is empty. */
        void crashes() {
            vault = empty();
        }

        Image keeps(Epoch epoch) {
            out.memory().writeLong(8L * rank, 100 * epoch.number() + rank);
            Image made = Image.full(rank, epoch, out.memory().snapshot());
            vault.keep(made, List.of(), out);
            return made;
        }

        void fetches(Epoch epoch) {
            fetched = false;
            image = null;
            vault.fetch(new Choice(epoch, rank), out);
        }

        Set<Epoch> holds() {
            return vault.held().stream()
                    .map(Held::piece)
                    .map(Piece::epoch)
                    .collect(Collectors.toSet());
        }

        @Override
        public long era() {
            return 1;
        }

        @Override
        public void opened(Outbox<EnsembleMessage> out) {}

        @Override
        public void kept(Held held, Outbox<EnsembleMessage> out) {
            kept.add(held.piece().epoch());
        }

        @Override
        public void fetchedCopies(Image copies, Outbox<EnsembleMessage> out) {
            throw new AssertionError("nobody keeps copies of messages here");
        }

        @Override
        public void fetched(@Nullable Image image, Outbox<EnsembleMessage> out) {
            fetched = true;
            this.image = image;
        }

        @Override
        public void unreadable(Outbox<EnsembleMessage> out) {
            throw new AssertionError("memory can be read");
        }
    }

    /** Carries messages until there are none, but for those that are lost. */
    private void deliver() {
        boolean any = true;
        while (any) {
            any = false;
            for (Place from : places) {
                for (Sent<EnsembleMessage> sent : from.out.takeSent()) {
                    any = true;
                    if (!lost.test(sent.message())) {
                        Place to = places.get(sent.to().index());
                        to.vault.on(new NodeId(from.rank), (OfPiece) sent.message(), to.out);
                    }
                }
            }
        }
    }

    private void tick() {
        places.forEach(place -> place.vault.tick(place.out));
        deliver();
    }

    private List<Image> checkpoint(Epoch epoch) {
        List<Image> images = places.stream().map(place -> place.keeps(epoch)).toList();
        deliver();
        return images;
    }

    @Test
    void anImageIsKeptOnceTheNeighbourHasItAndTheOtherNeighboursIsHere() {
        places.get(0).keeps(FIRST);
        places.get(1).keeps(FIRST);
        deliver();
        assertEquals(List.of(), places.get(0).kept, "the image of rank 2 is not here");
        assertEquals(List.of(FIRST), places.get(1).kept);
        places.get(2).keeps(FIRST);
        deliver();
        places.forEach(place -> assertEquals(List.of(FIRST), place.kept));
    }

    @Test
    void whatWasLostOnTheWayIsSaidAgain() {
        lost = Put.class::isInstance;
        checkpoint(FIRST);
        places.forEach(place -> assertEquals(List.of(), place.kept));
        lost = _ -> false;
        tick();
        places.forEach(place -> assertEquals(List.of(FIRST), place.kept));
        tick();
        tick();
        places.forEach(place -> assertEquals(List.of(FIRST), place.kept, "once"));
    }

    @Test
    void whatIsConfirmedIsNotSaidAgain() {
        checkpoint(FIRST);
        for (int i = 0; i < 5; i++) {
            places.forEach(place -> place.vault.tick(place.out));
        }
        places.forEach(place -> assertEquals(List.of(), place.out.takeSent()));
    }

    @Test
    void theOneBeforeStaysUntilNobodyGoesBackBeyondItAndIsThenGivenUp() {
        checkpoint(FIRST);
        checkpoint(SECOND);
        places.forEach(place -> assertEquals(Set.of(FIRST, SECOND), place.holds()));
        for (Place place : places) {
            place.vault.commit(SECOND, place.out);
            assertEquals(Set.of(SECOND), place.holds());
            assertEquals(List.of(new Fact.Discarded(place.rank, FIRST)), place.out.takeClaimed());
        }
    }

    @Test
    void whoLostItsMemoryGetsItsImageAndItsNeighboursCopyBack() {
        List<Image> images = checkpoint(FIRST);
        Place failed = places.get(1);
        failed.crashes();
        assertEquals(Set.of(), failed.holds());
        failed.fetches(FIRST);
        deliver();
        assertTrue(failed.fetched);
        assertArrayEquals(images.get(1).bytes(), Objects.requireNonNull(failed.image).bytes());
        // Now the next one may fail: the copy of its image is here again.
        places.get(0).crashes();
        places.get(0).fetches(FIRST);
        deliver();
        assertArrayEquals(
                images.get(0).bytes(), Objects.requireNonNull(places.get(0).image).bytes());
    }

    @Test
    void aQuestionThatNobodyAnsweredIsAskedAgain() {
        checkpoint(FIRST);
        Place failed = places.get(2);
        failed.crashes();
        lost = EnsembleMessage.Get.class::isInstance;
        failed.fetches(FIRST);
        deliver();
        assertNull(failed.image);
        lost = _ -> false;
        tick();
        assertNotNull(failed.image);
    }

    @Test
    void goingBackForgetsWhatIsNewerAndWhatWasUnderWay() {
        List<Image> images = checkpoint(FIRST);
        lost = Put.class::isInstance;
        checkpoint(SECOND);
        lost = _ -> false;
        for (Place place : places) {
            place.fetches(FIRST);
        }
        deliver();
        for (Place place : places) {
            assertArrayEquals(
                    images.get(place.rank).bytes(), Objects.requireNonNull(place.image).bytes());
            assertEquals(Set.of(FIRST), place.holds());
            assertEquals(List.of(FIRST), place.kept);
        }
        tick();
        places.forEach(place -> assertEquals(List.of(FIRST), place.kept, "given up"));
    }

    @Test
    void fromTheBeginningThereIsNoImage() {
        checkpoint(FIRST);
        Place place = places.get(0);
        place.fetches(Epoch.ZERO);
        assertTrue(place.fetched);
        assertNull(place.image);
        assertEquals(Set.of(), place.holds());
    }
}
