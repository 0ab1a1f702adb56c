package cairn.part.pmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.fault.FaultPlan;
import cairn.fault.SeededChoices;
import cairn.model.Acknowledgement;
import cairn.model.Hardware;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Records;
import cairn.model.Seat;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.model.property.Bounds;
import cairn.model.property.Properties;
import cairn.model.service.Workload;
import cairn.protocol.Ranks;
import cairn.rdma.PersistenceDomain;
import cairn.rdma.Platform;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Units with two clients and no protocol above them: the first writes, the second one takes over.
 */
final class UnitsTest {

    private static final long MILLISECOND = 1_000_000;
    private static final long TAKE_OVER = 30 * MILLISECOND;
    private static final NodeId UNIT_1 = new NodeId(2);
    private static final NodeId MANAGER_1 = new NodeId(4);

    private final List<String> first = new ArrayList<>();
    private final List<String> second = new ArrayList<>();

    /** Two clients, two units of two regions, and their managers. */
    private final class TwoClients implements Protocol<Said> {

        private final Pmu<Said> pmu;

        private TwoClients(PmuSettings settings) {
            pmu = new Pmu<>(settings, PmuRules.SOUND, 2, 2, List.of(4096L, 8192L), 64, Said::new);
        }

        @Override
        public String name() {
            return "two-clients";
        }

        @Override
        public List<Seat> seats() {
            List<Seat> seats = new ArrayList<>();
            seats.addAll(Seat.several("client-", 1, 3, Hardware.PLAIN.withNic(16_384)));
            seats.addAll(pmu.seats());
            return seats;
        }

        @Override
        public Node<Said> node(NodeId place) {
            if (place.index() == 0) {
                return new Borrower(pmu, place, 1, "first", first);
            }
            return place.index() == 1
                    ? new Borrower(pmu, place, TAKE_OVER, "other", second)
                    : pmu.node(place);
        }

        @Override
        public Promise promise() {
            return new Promise("Nothing.", Acknowledgement.DURABLE, Map.of(), false);
        }

        @Override
        public List<NodeId> servers() {
            return pmu.clients();
        }
    }

    private void run(PersistMethod persist, Injection... faults) {
        run(persist, Ranks.ENVIRONMENT, faults);
    }

    private void run(PersistMethod persist, Environment environment, Injection... faults) {
        PmuSettings settings =
                new PmuSettings(
                        persist, Acknowledgement.DURABLE_ON_ALL, MILLISECOND, 5 * MILLISECOND, 4);
        Bank bank = new Bank(new BankSettings(64, 1_000, 0.1, 0.01, 0, 1));
        Scenario<Said> scenario =
                new Scenario<>(
                        new TwoClients(settings),
                        bank,
                        new Workload(1, 1, new Workload.Loop.Closed(5_000), 1_000 * MILLISECOND),
                        environment,
                        new FaultPlan(Arrays.asList(faults), List.of()),
                        new Bounds(64, 2_000 * MILLISECOND, 5_000_000),
                        new Limits(60 * MILLISECOND, MILLISECOND, MILLISECOND, 1_000_000));
        var judges =
                List.of(
                        Properties.named("AUTH"),
                        Properties.named("FENCE"),
                        Properties.named("META"));
        RunResult result =
                new Simulation<>(scenario, new SeededChoices(1), judges, List.of(), null).run();
        assertTrue(!result.isViolated(), () -> "" + result.judgements());
    }

    /** PMU-1, PMU-5, PMU-19: to the byte, and on the other machine too. */
    @ParameterizedTest
    @EnumSource
    void whatOneClientWroteToARegionThatItCreatedAnotherOneReads(PersistMethod persist) {
        run(persist);
        assertEquals(List.of("0: .....", "1: .....", "written"), first.subList(0, 3));
        assertEquals(List.of("0: first", "1: first", "written"), second.subList(0, 3));
    }

    /** PMU-17: its connection ends at every unit, though it knows nothing of that. */
    @Test
    void whoWasReplacedIsRefusedAtTheNextWrite() {
        run(PersistMethod.NATIVE_FLUSH);
        assertEquals("refused", first.getLast());
        assertEquals("written", second.getLast());
    }

    /** PMU-11: where a cache that evicts nothing lies in front, two methods of four pass it. */
    @ParameterizedTest
    @EnumSource
    void aLossOfPowerTakesWhatThePersistMethodLeftInACache(PersistMethod persist) {
        Environment usual = Ranks.ENVIRONMENT;
        Environment cached =
                new Environment(
                        usual.cpu(),
                        usual.network(),
                        Records.like(usual.rdma()).with("evictionProbability", 0.0).made(),
                        new Platform(PersistenceDomain.ADR, true, true),
                        usual.disk(),
                        false);
        run(persist, cached, at(20 * MILLISECOND, new Fault.PowerLoss(UNIT_1)));
        String kept =
                switch (persist) {
                    case NATIVE_FLUSH, TWO_SIDED -> "0: first";
                    case READ_AFTER_WRITE, COMPLETION_ONLY -> "0: .....";
                };
        assertEquals(List.of(kept, "1: first"), second.subList(0, 2).stream().sorted().toList());
    }

    /** PMU-18: the other manager takes over, and what regions there are is in the units. */
    @Test
    void aManagerThatIsGoneIsReplacedByTheOtherOne() {
        run(
                PersistMethod.NATIVE_FLUSH,
                new Injection(
                        new Trigger.At(20 * MILLISECOND),
                        new Fault.ProcessCrash(MANAGER_1),
                        Injection.NEVER));
        assertEquals(List.of("0: first", "1: first", "written"), second.subList(0, 3));
    }

    /** PMU-4, PMU-20: a blank unit is laid out like its mirror, and can be written to. */
    @Test
    void aUnitInThePlaceOfALostOneHasTheSameRegionsWithNothingInThem() {
        run(PersistMethod.NATIVE_FLUSH, at(20 * MILLISECOND, new Fault.PermanentLoss(UNIT_1)));
        assertEquals(
                List.of("0: .....", "1: first"), second.subList(0, 2).stream().sorted().toList());
        assertEquals("written", second.getLast());
    }

    private static Injection at(long nanos, Fault fault) {
        return new Injection(new Trigger.At(nanos), fault, MILLISECOND);
    }
}
