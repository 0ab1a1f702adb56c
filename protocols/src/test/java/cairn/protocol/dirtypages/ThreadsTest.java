package cairn.protocol.dirtypages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.crew.Crew;
import cairn.application.crew.CrewSettings;
import cairn.model.Outbox;
import cairn.model.computation.Computation;
import cairn.model.computation.Host;
import cairn.model.computation.Parcel;
import cairn.model.computation.Rank;
import cairn.protocol.RecordingOutbox;

import org.junit.jupiter.api.Test;

import java.util.List;

final class ThreadsTest {

    private static final Computation CREW =
            new Crew(new CrewSettings(2, 3, 10, 5_000, 4, 1, 0.5, 0, 0));

    /** Nothing is protected and nobody sends. */
    private static final Host<DirtyPagesMessage> HOST =
            new Host<>() {
                @Override
                public void send(Parcel parcel, Outbox<DirtyPagesMessage> out) {}

                @Override
                public Parcel take(int from, Outbox<DirtyPagesMessage> out) {
                    throw new IllegalStateException("nobody receives");
                }

                @Override
                public void output(long number, long value, Outbox<DirtyPagesMessage> out) {}
            };

    @Test
    void dj3AtTheCutAllThreadsStopAndNoneChangesAnything() {
        Rank rank = new Rank(CREW, 0);
        RecordingOutbox<DirtyPagesMessage> out =
                new RecordingOutbox<>(Rank.memoryBytes(CREW), null);
        rank.initialise(out.memory());
        rank.start(HOST, out);
        List<Long> computing = out.takeComputing();
        assertEquals(3, computing.size());
        rank.stop(out);
        long atCut = out.memory().digest();
        // One of them had been done, and that was on its way.
        for (long token : computing) {
            assertTrue(rank.computed(token));
            rank.run(HOST, out);
        }
        assertEquals(atCut, out.memory().digest());
        assertEquals(List.of(), out.takeComputing());
        rank.start(HOST, out);
        assertEquals(3, out.takeComputing().size());
    }
}
