package cairn.verification.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.Event;
import cairn.model.Outbox;
import cairn.model.property.Properties;
import cairn.simulator.Scenario;
import cairn.verification.Breach;
import cairn.verification.Runs;
import cairn.verification.junit.Mirrored.Letter;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Shrinkable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** What an author of a protocol meets: docs/testing.md. */
final class OwnProtocolTest {

    private static final long PATIENCE_TIMER = 99;

    @TempDir private Path folder = Path.of("");
    private final Map<String, String> report = new TreeMap<>();

    // The two forms of the page, as an author writes them.

    @Explored(runs = 300)
    void keepsItsPromise(Exploration exploration) {
        exploration.of(Mirrored.scenario(false));
        exploration.judges("DUR", "ATOM", "MONO", "OUT", "EO", "LIN", "LIVE");
    }

    @Property(tries = 50)
    void keepsItsPromise(@ForAll("runs") Trial run) {
        run.mustHold();
    }

    @Provide
    Arbitrary<Trial> runs() {
        return Trials.of(Mirrored.scenario(false));
    }

    // What becomes of mistakes.

    private String failure(Scenario<Letter> scenario, int runs) {
        Exploration search = new Exploration(runs, 1, Transcripts.in(folder), report::put);
        return String.valueOf(
                assertThrows(AssertionError.class, () -> search.of(scenario)).getMessage());
    }

    private static Scenario<Letter> with(BiConsumer<Event<Letter>, Outbox<Letter>> quirk) {
        return Mirrored.scenario(false, quirk);
    }

    @Test
    void anAcknowledgementThatComesTooSoonIsToldByOneFaultAndReplayed() throws IOException {
        String message = failure(Mirrored.scenario(true), 300);
        assertTrue(message.startsWith("DUR is violated"), message);
        Path answers =
                Transcripts.in(folder).kept().stream().findFirst().orElseThrow().toAbsolutePath();
        assertTrue(message.contains("Trial.replayed(SCENARIO, Path.of(\"" + answers), message);
        assertEquals(1, Files.readAllLines(answers).size(), message);
        Trial again = Trial.replayed(Mirrored.scenario(true), answers);
        assertTrue(again.examined().breaks("DUR"));
        Trial.replayed(Mirrored.scenario(false), Files.readString(answers)).mustHold();
    }

    @Test
    void anAssertionOfTheProtocolItselfIsAFinding() {
        String message =
                failure(
                        with((event, _) -> {
                            if (event instanceof Event.Asked<Letter>(var request)
                                    && request.number() == 7) {
                                throw new AssertionError("seven is too many");
                            }
                        }),
                        10);
        assertTrue(message.startsWith("THROWS is violated"), message);
        assertTrue(message.contains("seven is too many at cairn.verification.junit"), message);
        assertTrue(message.contains("by a run in which nothing fails"), message);
    }

    @Test
    void whatIsThrownIsPlacedInTheProtocolAndStaysSo() {
        Runs runs =
                Runs.of(
                        with((event, _) -> {
                            if (event instanceof Event.Asked<Letter>) {
                                Objects.requireNonNull(null, "nothing");
                            }
                        }),
                        Properties.all());
        assertTrue(thrown(runs).contains("nothing at cairn.verification.junit.OwnProtocolTest"));
        // As the JVM throws what it has thrown very often.
        NullPointerException bare = new NullPointerException();
        bare.setStackTrace(new StackTraceElement[0]);
        AtomicBoolean often = new AtomicBoolean();
        runs =
                Runs.of(
                        with((_, _) -> {
                            if (often.getAndSet(true)) {
                                throw bare;
                            }
                            throw new NullPointerException("the first");
                        }),
                        Properties.all());
        String first = thrown(runs);
        assertTrue(first.contains("the first at cairn.verification"), first);
        assertEquals(first, thrown(runs));
    }

    private static String thrown(Runs runs) {
        return runs.replay(List.of(), null).breach().map(Breach::explanation).orElse("");
    }

    @Test
    void aProtocolThatGoesRoundAtOneInstantIsStuck() {
        String message =
                failure(
                        with((event, out) -> {
                            if (event instanceof Event.Asked<Letter>
                                    || (event instanceof Event.Fired<Letter>(long timer)
                                            && timer == PATIENCE_TIMER)) {
                                out.arm(PATIENCE_TIMER, 0);
                            }
                        }),
                        10);
        assertTrue(message.startsWith("STUCK is violated: after 100,000 events"), message);
        assertTrue(message.contains("server     fired: 99"), message);
    }

    @Test
    void aProtocolThatRemembersEarlierRunsIsNoFunctionOfItsAnswers() {
        AtomicLong outlives = new AtomicLong();
        String message = failure(with((_, out) -> out.spend(outlives.incrementAndGet() % 7)), 10);
        assertTrue(message.contains("no function of its answers: given the same ones"), message);
        assertTrue(message.contains("a static that outlives the run"), message);
        assertTrue(message.contains("\nand with\n"), message);
    }

    @Test
    void aFailureThatDoesNotComeAgainIsNotTakenForAStory() {
        AtomicLong outlives = new AtomicLong();
        String message =
                failure(
                        with((_, _) -> {
                            if (outlives.incrementAndGet() == 3_000) {
                                throw new IllegalStateException("once");
                            }
                        }),
                        100);
        assertTrue(message.startsWith("THROWS was violated"), message);
        assertTrue(message.contains("once"), message);
    }

    @Test
    void aTranscriptThatIsNoneIsNamed() throws IOException {
        Path damaged = folder.resolve("dur-1.answers");
        Files.writeString(damaged, "crash server #0 = 17\ncrash ser");
        String message = failure(Mirrored.scenario(false), 10);
        assertTrue(message.startsWith(damaged + " is no transcript: not an answer"), message);
        assertTrue(message.endsWith("mend or delete it, and run again"), message);
        Files.write(damaged, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertTrue(failure(Mirrored.scenario(false), 10).contains("not text"));
    }

    @Test
    void aSearchThatJudgesNothingIsInconclusive() {
        assertTrue(failure(Mirrored.scenario(false), 0).startsWith("inconclusive: in 0 runs"));
        Exploration search = new Exploration(5, 1, Transcripts.in(folder), report::put);
        search.of(Mirrored.scenario(false));
        assertTrue(report.getOrDefault("judged", "").contains("LIVE"), report.toString());
        String message =
                String.valueOf(
                        assertThrows(AssertionError.class, () -> search.judges("LIVE", "META"))
                                .getMessage());
        assertTrue(message.contains("no run had an occasion to violate [META]"), message);
    }

    @Example
    void whatATrialIsShrunkToFailsInTheSameWayOnly() {
        // Calm runs throw; those that lose a checkpoint before that do not.
        Scenario<Letter> scenario =
                Mirrored.scenario(
                        true,
                        (event, _) -> {
                            if (event instanceof Event.Asked<Letter>(var request)
                                    && request.number() == 30) {
                                throw new IllegalStateException("thirty");
                            }
                        });
        Random random = new Random(1);
        var generator = Trials.of(scenario).generator(1000);
        Shrinkable<Trial> failing = generator.next(random);
        while (!failing.value().examined().breaks("DUR")) {
            failing = generator.next(random);
        }
        Trial found = failing.value();
        String message =
                String.valueOf(assertThrows(AssertionError.class, found::mustHold).getMessage());
        assertTrue(message.startsWith("DUR is violated"), message);
        assertTrue(message.contains("FAULT      "), message);
        Path story =
                Path.of("target/cairn/OwnProtocolTest.whatATrialIsShrunkToFailsInTheSameWayOnly");
        assertTrue(Files.exists(story.resolve("dur.svg")), message);
        Trial calm = failing.shrink().findFirst().orElseThrow().value();
        assertTrue(calm.examined().breaks("THROWS"));
        calm.mustHold();
    }
}
