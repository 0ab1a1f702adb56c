package cairn.part.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.CpuCosts;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.part.Channels.Frame;
import cairn.protocol.RecordingOutbox;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** A memory of eight pages goes from one machine to another, message by message. */
final class TransferTest {

    private static final long MOVE = 3;
    private static final int PAGE = PagedMemory.PAGE_BYTES;
    private static final int PAGES = 8;
    private static final NodeId SOURCE = new NodeId(0);
    private static final NodeId TARGET = new NodeId(1);

    private sealed interface Said extends Message {
        @Override
        default int bytes() {
            return 8;
        }

        record Shipped(Frame<Cargo<Registers>> frame) implements Said {}

        record Landed(long transfer, long upTo) implements Said {}

        record Demand(long transfer, int page) implements Said {}
    }

    private record Registers(long counter) implements Transfer.Processor {
        @Override
        public int bytes() {
            return Long.BYTES;
        }
    }

    private static final class Words implements Transfer.Speech<Registers, Said> {
        @Override
        public Said shipped(Frame<Cargo<Registers>> frame) {
            return new Said.Shipped(frame);
        }

        @Override
        public Said landed(long transfer, long upTo) {
            return new Said.Landed(transfer, upTo);
        }

        @Override
        public Said demand(long transfer, int page) {
            return new Said.Demand(transfer, page);
        }
    }

    /** A process that stores when the test does. */
    private static final class Guest implements Transfer.Traveller<Registers, Said> {
        private boolean stopped;

        @Override
        public void stop(Outbox<Said> out) {
            stopped = true;
        }

        @Override
        public Registers processor() {
            assertTrue(stopped, "registers change as long as it runs");
            return new Registers(7);
        }

        @Override
        public int headPages() {
            return 1;
        }
    }

    private final RecordingOutbox<Said> there = new RecordingOutbox<>(PAGES * PAGE, null);
    private final RecordingOutbox<Said> here = new RecordingOutbox<>(PAGES * PAGE, null);
    private final Guest process = new Guest();
    private final Arrival<Registers, Said> arrival =
            new Arrival<>(MOVE, SOURCE, new Words(), TransferRules.SOUND);

    private Departure<Registers, Said> departure(Form form) {
        for (int page = 0; page < PAGES; page++) {
            store(page, page + 1);
        }
        return new Departure<>(
                MOVE,
                TARGET,
                process,
                new Transfer(form, 2, 9, 1, 0.9),
                new Words(),
                CpuCosts.DEFAULT,
                TransferRules.SOUND);
    }

    private void store(int page, long value) {
        here.memory().writeLong((long) page * PAGE, value);
    }

    private long arrived(int page) {
        return there.memory().readLong((long) page * PAGE);
    }

    /** Hands over what was sent, one way and then the other; the numbers of its pages. */
    private List<Integer> exchange(Departure<Registers, Said> departure) {
        List<Integer> pages = new ArrayList<>();
        for (var sent : here.takeSent()) {
            if (sent.message() instanceof Said.Shipped(Frame<Cargo<Registers>> frame)) {
                if (frame.payload() instanceof Cargo.Pages<Registers>(List<Cargo.Page> some)) {
                    some.forEach(page -> pages.add(page.number()));
                }
                arrival.receive(frame, there);
            }
        }
        for (var sent : there.takeSent()) {
            switch (sent.message()) {
                case Said.Landed(long _, long upTo) -> departure.landed(upTo, here);
                case Said.Demand(long _, int page) -> departure.demanded(page, here);
                case Said.Shipped _ -> throw new AssertionError("nothing goes back");
            }
        }
        return pages;
    }

    @Test
    void stopAndCopySendsAllWhileTheProcessStandsStill() {
        Departure<Registers, Said> departure = departure(Form.STOP_AND_COPY);
        departure.begin(here);
        assertTrue(process.stopped);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), exchange(departure));
        exchange(departure);
        assertEquals(new Registers(7), arrival.processor());
        assertEquals(8, arrived(7));
    }

    @Test
    void preCopySendsAgainWhatChangedWhileItWasOnItsWay() {
        Departure<Registers, Said> departure = departure(Form.PRE_COPY);
        departure.begin(here);
        for (int page : List.of(2, 5, 6)) {
            departure.changes(page, here.memory());
            store(page, 100);
        }
        exchange(departure);
        assertFalse(process.stopped, "another round leaves less");
        assertEquals(List.of(2, 5, 6), exchange(departure));
        assertTrue(process.stopped);
        exchange(departure);
        assertNotNull(arrival.processor());
        assertEquals(100, arrived(5));
        assertEquals(2, departure.rounds());
    }

    /** The page stayed protected, and a process that stored to it died of that. */
    @Test
    void whereNoMappingIsLeftForAPageAllCountAsChanged() {
        Departure<Registers, Said> departure = departure(Form.PRE_COPY);
        here.memory().grantMappings(3);
        departure.begin(here);
        for (int page : List.of(2, 5)) {
            departure.changes(page, here.memory());
            store(page, 100);
        }
        exchange(departure);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), exchange(departure));
        assertTrue(process.stopped, "another round would not leave less");
        exchange(departure);
        assertEquals(100, arrived(5));
        assertEquals(1, departure.rounds());
    }

    @Test
    void postCopySendsThePagesAfterTheProcess() {
        Departure<Registers, Said> departure = departure(Form.POST_COPY);
        departure.begin(here);
        exchange(departure);
        assertNotNull(arrival.processor());
        arrival.take();
        assertFalse(arrival.isWhole());
        assertFalse(arrival.hasArrived(7));
        exchange(departure);
        assertTrue(arrival.isWhole());
        assertEquals(8, arrived(7));
    }

    /** It was sent once for each time that the process asked. */
    @Test
    void aPageThatIsAskedForTwiceIsSentOnce() {
        Departure<Registers, Said> departure = departure(Form.POST_COPY);
        departure.begin(here);
        here.takeSent();
        departure.demanded(7, here);
        departure.demanded(7, here);
        assertEquals(1, here.takeSent().size());
        assertEquals(1, departure.fetched());
    }

    @Test
    void aPageThatComesTwiceIsPutInPlaceOnce() {
        Departure<Registers, Said> departure = departure(Form.POST_COPY);
        departure.begin(here);
        exchange(departure);
        arrival.take();
        departure.demanded(1, here);
        exchange(departure);
        there.memory().writeLong(PAGE, 55);
        var late = new Cargo.Pages<Registers>(List.of(Cargo.Page.of(1, here.memory())));
        arrival.receive(new Frame<>(MOVE, 6 + departure.fetched(), late), there);
        assertEquals(55, arrived(1), "the process has changed it since");
    }
}
