package cairn.verification.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.Admissible;
import cairn.fault.FaultPlan;
import cairn.model.fault.FaultKind;
import cairn.model.fault.Injection;
import cairn.model.property.Properties;
import cairn.protocol.Corpus;
import cairn.protocol.SoundRuns;
import cairn.protocol.rdmapmem.RdmaPmemSettings;
import cairn.verification.Breach;
import cairn.verification.Runs;
import cairn.verification.Unsafe;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Shrinkable;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Runs, plans and settings as arbitraries. */
final class TrialsProperties {

    @Property(tries = 30)
    void aServerThatKeepsItsPromise(@ForAll("runs") Trial run) {
        run.mustHold();
    }

    @Provide
    Arbitrary<Trial> runs() {
        return Trials.of(Unsafe.sound());
    }

    /** Every protocol of the corpus, under settings, workloads and faults within its promise. */
    @Property(tries = 40)
    void everyProtocolKeepsItsPromise(@ForAll("drawn") Trial run) {
        run.mustHold();
    }

    @Provide
    Arbitrary<Trial> drawn() {
        return Arbitraries.of(Corpus.soundRuns())
                .flatMap(runs ->
                        Arbitraries.longs()
                                .between(1, 1_000_000)
                                .flatMap(seed -> Trials.of(runs(runs, seed))));
    }

    private static Runs runs(SoundRuns runs, long seed) {
        return Runs.of(runs.drawn().apply(seed), Properties.all());
    }

    @Example
    void jqwikShrinksAFailingRunToFewAnswers() {
        Random random = new Random(1);
        var generator = Trials.of(Unsafe.unsafe()).generator(1000);
        Shrinkable<Trial> failing = generator.next(random);
        while (failing.value().examined().breach().isEmpty()) {
            failing = generator.next(random);
        }
        String property = failing.value().examined().breach().map(Breach::property).orElse("");
        int before = failing.value().answers().size();
        // As jqwik does: the first nearer one that still fails, until there is none.
        for (Optional<Shrinkable<Trial>> next = Optional.of(failing); next.isPresent(); ) {
            failing = next.get();
            next =
                    failing.shrink()
                            .filter(one -> one.value().examined().breaks(property))
                            .findFirst();
        }
        int after = failing.value().answers().size();
        assertTrue(before > 50 && after < 12, before + " answers, then " + after);
        Trial shrunk = failing.value();
        String message =
                String.valueOf(assertThrows(AssertionError.class, shrunk::mustHold).getMessage());
        assertTrue(message.contains(property + " is violated"), message);
    }

    @Property(tries = 100)
    void plansHoldWhatIsAdmissibleAndNothingElse(@ForAll("plans") FaultPlan plan) {
        for (Injection injection : plan.planned()) {
            FaultKind kind = injection.fault().kind();
            assertTrue(kind == FaultKind.POWER_LOSS || kind == FaultKind.CUT, kind.name());
        }
        assertTrue(plan.planned().size() <= 4);
    }

    @Provide
    Arbitrary<FaultPlan> plans() {
        Map<FaultKind, Integer> most = new EnumMap<>(FaultKind.class);
        most.put(FaultKind.POWER_LOSS, 1);
        most.put(FaultKind.CUT, Admissible.ANY);
        return FaultPlans.within(new Admissible(most), Unsafe.sound().seats(), 4);
    }

    @Property(tries = 100)
    void settingsVaryWhereTheyAreToldTo(@ForAll("settings") RdmaPmemSettings settings) {
        assertTrue(settings.backups() == 1 || settings.backups() == 2);
        assertEquals(RdmaPmemSettings.DEFAULT.mirrors(), settings.mirrors());
        assertThrows(
                IllegalArgumentException.class,
                () -> Settings.like(RdmaPmemSettings.DEFAULT).varying("backup count", 1));
    }

    @Provide
    Arbitrary<RdmaPmemSettings> settings() {
        // Fewer than none are refused by the record, and so passed over.
        return Settings.like(RdmaPmemSettings.DEFAULT)
                .varying("backups", 1, 2, -1)
                .varying("regions", 1, 2, 3)
                .arbitrary();
    }
}
