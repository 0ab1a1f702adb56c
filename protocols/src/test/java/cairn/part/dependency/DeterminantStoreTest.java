package cairn.part.dependency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.part.ByteReader;
import cairn.part.ByteWriter;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Rank 0 of three holds determinants, of which each needs two holders. */
final class DeterminantStoreTest {

    private static final Held.Holder SELF = new Held.Holder(0, 0);
    private static final Held.Holder OTHER = new Held.Holder(1, 0);

    private final DeterminantStore store = new DeterminantStore(3, 2);

    private static Determinant receipt(long number, long life) {
        return new Determinant(0, number, 1, number, life, 0);
    }

    private void hold(Determinant determinant) {
        store.add(new Held(determinant, List.of(SELF)));
    }

    private List<Determinant> held() {
        return store.of(0).stream().map(Held::determinant).toList();
    }

    @Test
    void whatTooFewHoldIsScarceUntilAnotherHoldsIt() {
        hold(receipt(1, 0));
        hold(receipt(2, 0));
        assertEquals(0, store.enoughUpTo(0, 2));
        store.heldBy(OTHER, List.of(new Held(receipt(1, 0), List.of())));
        assertFalse(store.isScarce(receipt(1, 0)));
        assertTrue(store.isScarce(receipt(2, 0)));
        assertEquals(1, store.enoughUpTo(0, 2));
    }

    @Test
    void whoStartsAnewHasForgottenWhatItHeld() {
        store.add(new Held(receipt(1, 0), List.of(SELF, OTHER)));
        assertFalse(store.hasScarce());
        store.forgottenBy(1);
        assertTrue(store.isScarce(receipt(1, 0)));
    }

    @Test
    void aReceiptOfALaterLifeTakesThePlaceOfAnEarlierOne() {
        hold(receipt(1, 2));
        hold(receipt(1, 1));
        assertEquals(List.of(receipt(1, 2)), held());
        hold(receipt(1, 3));
        assertEquals(List.of(receipt(1, 3)), held());
    }

    @Test
    void whatACheckpointContainsIsGivenUp() {
        hold(receipt(1, 0));
        hold(receipt(2, 0));
        store.giveUp(0, 1);
        assertEquals(List.of(receipt(2, 0)), held());
        store.dropAfter(0, 1);
        assertFalse(store.hasScarce());
    }

    @Test
    void whoElseHeldWhatWasSavedIsNotKnownAfterARestore() {
        store.add(new Held(receipt(1, 0), List.of(SELF, OTHER)));
        var state = new ByteWriter();
        store.save(state);
        store.restore(SELF, new ByteReader(state.toBytes()));
        assertEquals(List.of(receipt(1, 0)), held());
        assertTrue(store.isScarce(receipt(1, 0)));
    }
}
