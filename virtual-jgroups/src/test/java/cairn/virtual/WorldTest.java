package cairn.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.CalmChoices;
import cairn.fault.SeededChoices;
import cairn.fault.strategy.PartialOrderChoices;
import cairn.model.choice.Choices;
import cairn.simulator.kernel.Kernel;
import cairn.virtual.probe.Meeting;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** Threads, clocks, dice and monitors of a process in virtual time. */
final class WorldTest {

    private static final long SECOND = 1_000_000_000;
    private static final long EVENTS = 100_000;

    /** What a process does, and what it notes. */
    private interface Life {
        void live(List<String> notes) throws Exception;
    }

    /** Runs one process for so many virtual seconds; answers its notes. */
    private static List<String> run(Choices choices, long seconds, Life life) {
        List<String> notes = new ArrayList<>();
        try (World world = new World(new Kernel(), choices)) {
            world.process("n0")
                    .start(() -> {
                        try {
                            life.live(notes);
                        } catch (Exception e) {
                            notes.add(e.toString());
                        }
                    });
            world.run(seconds * SECOND, EVENTS);
        }
        return notes;
    }

    @Test
    void anHourOfSleepTakesAnHourOfVirtualTime() {
        List<String> notes =
                run(
                        new CalmChoices(),
                        3_700,
                        notes1 -> {
                            Thread.sleep(Duration.ofHours(1));
                            notes1.add("slept");
                        });
        assertEquals(List.of("slept"), notes);
    }

    @Test
    void queuesAndLocksOfTheJdkWaitInVirtualTime() {
        List<String> notes =
                run(
                        new CalmChoices(),
                        3_000,
                        n -> {
                            n.add(
                                    ""
                                            + new LinkedBlockingQueue<String>()
                                                    .poll(20, TimeUnit.MINUTES));
                            ReentrantLock lock = new ReentrantLock();
                            lock.lock();
                            Thread.ofVirtual()
                                    .start(() -> {
                                        try {
                                            n.add("locked: " + lock.tryLock(10, TimeUnit.MINUTES));
                                        } catch (InterruptedException e) {
                                            n.add(e.toString());
                                        }
                                    });
                            Thread.sleep(Duration.ofMinutes(11));
                            n.add("end");
                        });
        assertEquals(List.of("null", "locked: false", "end"), notes);
    }

    @Test
    void monitorsOfRewrittenCodeAreHandedOnInTheOrderOfWaiting() {
        List<String> notes =
                run(
                        new CalmChoices(),
                        60,
                        n -> {
                            Meeting meeting = new Meeting();
                            List<Thread> threads = new ArrayList<>();
                            for (String who : List.of("a", "b", "c")) {
                                threads.add(
                                        Thread.ofVirtual().start(() -> arrive(meeting, who, n)));
                            }
                            for (Thread thread : threads) {
                                thread.join();
                            }
                            n.addAll(meeting.notes());
                            n.add("waited " + meeting.waitInVain(2_500));
                        });
        assertEquals(List.of("a", "b", "c", "waited 2500"), notes);
    }

    private static void arrive(Meeting meeting, String who, List<String> notes) {
        try {
            meeting.arrive(who, 3);
        } catch (InterruptedException e) {
            notes.add(who + " was interrupted");
        }
    }

    @Test
    void aMonitorIsGivenBackByAThrow() {
        List<String> notes =
                run(
                        new CalmChoices(),
                        60,
                        n -> {
                            assertThrows(
                                    IllegalArgumentException.class, () -> Meeting.refuse("no"));
                            Thread other =
                                    Thread.ofVirtual()
                                            .start(() -> {
                                                try {
                                                    Meeting.refuse("again");
                                                } catch (IllegalArgumentException e) {
                                                    n.add(e.getMessage());
                                                }
                                            });
                            other.join();
                        });
        assertEquals(List.of("again"), notes);
    }

    @Test
    void diceAreThoseOfSeedAndProcess() {
        Life life = n -> n.add(Meeting.dice());
        List<String> first = run(new SeededChoices(1), 1, life);
        assertEquals(first, run(new SeededChoices(1), 1, life));
        assertNotEquals(first, run(new SeededChoices(2), 1, life));
    }

    @Test
    void identityHashesOfRewrittenCodeDecideNoOrder() {
        assertEquals(List.of(0, 1, 2, 3, 4, 5), Meeting.chairs());
    }

    @Test
    void futuresOfRewrittenCodeStayInVirtualTime() {
        List<String> notes =
                run(
                        new CalmChoices(),
                        60,
                        n -> {
                            n.add("virtual: " + Meeting.computesInVirtualThread());
                            var _ =
                                    Meeting.timeout(30)
                                            .whenComplete((_, e) ->
                                                    n.add(
                                                            "late: "
                                                                    + (e
                                                                            instanceof
                                                                            TimeoutException)));
                        });
        assertEquals(List.of("virtual: true", "late: true"), notes);
    }

    @Test
    void aPlatformThreadOfRewrittenCodeMakesTheRunWorthless() {
        var thrown =
                assertThrows(
                        IllegalStateException.class,
                        () -> run(new CalmChoices(), 1, _ -> Meeting.startPlatformThread()));
        assertTrue(thrown.toString().contains("stray"), thrown.toString());
    }

    @Test
    void aKilledProcessDoesNothingMoreAndAPausedOneDoesItLater() {
        List<String> notes = new ArrayList<>();
        try (World world = new World(new Kernel(), new CalmChoices())) {
            VirtualProcess killed = world.process("n0");
            VirtualProcess paused = world.process("n1");
            for (VirtualProcess process : List.of(killed, paused)) {
                process.start(() -> everySecond(process, notes));
            }
            world.run(SECOND + SECOND / 2, EVENTS);
            killed.kill();
            paused.pause();
            world.run(5 * SECOND, EVENTS);
            assertEquals(List.of("n0 1", "n1 1"), notes);
            paused.resume();
            killed.start(() -> notes.add("n0 again: " + killed.incarnation()));
            world.run(5 * SECOND, EVENTS);
        }
        assertEquals(List.of("n0 1", "n1 1", "n1 5", "n0 again: 2"), notes);
    }

    /** Notes the whole seconds that its own clock has advanced. */
    private static void everySecond(VirtualProcess process, List<String> notes) {
        long begin = process.nanoTime();
        try {
            while (true) {
                Thread.sleep(1_000);
                notes.add(process.name() + " " + (process.nanoTime() - begin) / SECOND);
            }
        } catch (InterruptedException e) {
            notes.add(e.toString());
        }
    }

    @Test
    void aFastClockSleepsLessVirtualTime() {
        List<String> notes = new ArrayList<>();
        try (World world = new World(new Kernel(), new CalmChoices())) {
            VirtualProcess process = world.process("n0");
            process.clock().drift(0, 1_000_000);
            process.start(() -> everySecond(process, notes));
            world.run(2 * SECOND, EVENTS);
        }
        assertEquals(4, notes.size(), notes.toString());
    }

    @Test
    void anOrderOfSlicesThatIsAskedReachesMoreThanOneOutcome() {
        Set<List<String>> outcomes = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
        for (int seed = 0; seed < 20; seed++) {
            outcomes.add(
                    run(
                            new PartialOrderChoices(seed),
                            1,
                            n -> {
                                for (String who : List.of("a", "b", "c")) {
                                    Thread.ofVirtual().start(() -> n.add(who));
                                }
                            }));
        }
        assertEquals(6, outcomes.size(), outcomes.toString());
    }

    @Test
    void threadsOutsideKeepTheRealClock() throws InterruptedException {
        try (World world = new World(new Kernel(), new CalmChoices())) {
            assertEquals(0, world.kernel().now());
            boolean[] real = new boolean[1];
            Thread outside =
                    new Thread(() -> {
                        try {
                            real[0] =
                                    new LinkedBlockingQueue<String>().poll(1, TimeUnit.MILLISECONDS)
                                            == null;
                        } catch (InterruptedException e) {
                            real[0] = false;
                        }
                    });
            outside.start();
            outside.join();
            assertTrue(real[0]);
            assertThrows(
                    IllegalStateException.class, () -> new World(new Kernel(), new CalmChoices()));
        }
        assertFalse(cairn.virtual.boot.Surroundings.isInside());
    }
}
