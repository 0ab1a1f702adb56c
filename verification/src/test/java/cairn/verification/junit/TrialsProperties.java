package cairn.verification.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.Admissible;
import cairn.fault.FaultPlan;
import cairn.model.Message;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.Injection;
import cairn.model.property.Properties;
import cairn.protocol.Corpus;
import cairn.protocol.SoundRuns;
import cairn.protocol.rdmapmem.RdmaPmemSettings;
import cairn.simulator.Scenario;
import cairn.simulator.network.NetworkCosts;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

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

    /** Every protocol of the corpus, on networks and in racks that nobody chose for it. */
    @Property(tries = 40)
    void everyProtocolKeepsItsPromiseWhereverItIsPutUp(@ForAll("spread") Trial run) {
        run.mustHold();
    }

    @Provide
    Arbitrary<Trial> spread() {
        return Arbitraries.of(Corpus.soundRuns())
                .flatMap(runs ->
                        Arbitraries.longs()
                                .between(1, 1_000_000)
                                .flatMap(seed -> spread(runs.drawn().apply(seed))));
    }

    private static <M extends Message> Arbitrary<Trial> spread(Scenario<M> drawn) {
        Scenario<M> within =
                new Scenario<>(
                        drawn.protocol(),
                        drawn.application(),
                        drawn.environment(),
                        new FaultPlan(
                                drawn.faults().planned(),
                                drawn.faults().random(),
                                Admissible.promised(drawn.protocol().promise())),
                        drawn.bounds(),
                        drawn.limits());
        return Topologies.over(drawn.protocol().seats())
                .flatMap(topology -> Trials.of(topology.scenario(within)));
    }

    @Property(tries = 200)
    void eachMachineIsInOneRack(@ForAll("topologies") Topology topology) {
        assertTrue(topology.machines() >= 2 && topology.machines() <= 9);
        assertEquals(topology.machines(), topology.racks().stream().mapToInt(Set::size).sum());
        assertTrue(topology.racks().size() <= 4, () -> "" + topology.racks());
    }

    @Provide
    Arbitrary<Topology> topologies() {
        return Topologies.ofMachines(2, 9);
    }

    @Example
    void aTopologyShrinksToFewMachinesInOneRackOnAPlainNetwork() {
        Random random = new Random(7);
        var generator = Topologies.ofMachines(2, 9).generator(1000);
        Shrinkable<Topology> failing = generator.next(random);
        while (failing.value().machines() < 6 || failing.value().racks().size() < 3) {
            failing = generator.next(random);
        }
        // Fails from four machines on, wherever they are.
        for (Optional<Shrinkable<Topology>> next = Optional.of(failing); next.isPresent(); ) {
            failing = next.get();
            next = failing.shrink().filter(one -> one.value().machines() >= 4).findFirst();
        }
        assertEquals(4, failing.value().machines());
        assertEquals(1, failing.value().racks().size());
        assertTrue(failing.value().network().link().latencyNanos() instanceof Law.Constant);
    }

    @Property(tries = 100)
    void aRackLosesPowerAsAWhole(@ForAll("rackPlans") FaultPlan plan) {
        for (Injection injection : plan.planned()) {
            assertTrue(
                    injection.fault() instanceof Fault.RackPowerLoss(var nodes, long _)
                            && (nodes.size() == 1 || nodes.size() == 2),
                    () -> injection.toString());
        }
    }

    @Provide
    Arbitrary<FaultPlan> rackPlans() {
        Topology topology = new Topology(3, List.of(0, 1, 0), NetworkCosts.MESSAGES);
        return FaultPlans.within(
                new Admissible(Map.of(FaultKind.RACK_POWER_LOSS, 2)),
                Unsafe.sound().seats(),
                topology.racks(),
                3);
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
