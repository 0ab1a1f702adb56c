package cairn.part.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.fault.FaultPlan;
import cairn.fault.SeededChoices;
import cairn.model.Acknowledgement;
import cairn.model.CpuCosts;
import cairn.model.Hardware;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.model.memory.PagedMemory;
import cairn.model.property.Bounds;
import cairn.model.property.Properties;
import cairn.model.service.Workload;
import cairn.part.pmu.PersistMethod;
import cairn.part.pmu.Persistence;
import cairn.part.pmu.Pmu;
import cairn.part.pmu.PmuRules;
import cairn.part.pmu.PmuSettings;
import cairn.part.sets.Keeper.Said;
import cairn.protocol.Ranks;
import cairn.simulator.Limits;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Sets with two clients and no protocol above them: the first cuts some, the second restores. */
final class SetsTest {

    private static final long MILLISECOND = 1_000_000;
    private static final long MEMORY_BYTES = 13L * PagedMemory.PAGE_BYTES;
    private static final NodeId UNIT_1 = new NodeId(2);

    private static final PmuSettings UNITS =
            new PmuSettings(
                    PersistMethod.NATIVE_FLUSH,
                    Acknowledgement.DURABLE_ON_ALL,
                    MILLISECOND,
                    5 * MILLISECOND,
                    4);

    private final List<String> restoredFirst = new ArrayList<>();
    private final List<String> restoredSecond = new ArrayList<>();
    private final List<String> cut = new ArrayList<>();

    /** Two keepers, two units and their managers. */
    private final class TwoKeepers implements Protocol<Said> {

        private final SetStore store;
        private final int cuts;

        private TwoKeepers(SetSettings settings, int cuts) {
            Layout layout = new Layout(settings, MEMORY_BYTES);
            this.store =
                    new SetStore(
                            settings,
                            layout,
                            Persistence.of(UNITS),
                            CpuCosts.DEFAULT,
                            SetRules.SOUND);
            this.cuts = cuts;
        }

        private Pmu<Said> pmu() {
            Layout layout = store.layout();
            return new Pmu<>(
                    UNITS,
                    PmuRules.SOUND,
                    2,
                    2,
                    layout.regionBytes(),
                    layout.ringBytes(),
                    Said::new);
        }

        @Override
        public String name() {
            return "two-keepers";
        }

        @Override
        public List<Seat> seats() {
            Hardware client =
                    Hardware.PLAIN.withMemory(MEMORY_BYTES).withNic(store.layout().bufferBytes());
            List<Seat> seats = new ArrayList<>(Seat.several("client-", 1, 3, client));
            seats.addAll(pmu().seats());
            return seats;
        }

        @Override
        public Node<Said> node(NodeId place) {
            return switch (place.index()) {
                case 0 -> new Keeper(store, pmu(), place, 1, cuts, restoredFirst, cut);
                case 1 ->
                        new Keeper(
                                store,
                                pmu(),
                                place,
                                30 * MILLISECOND,
                                1,
                                restoredSecond,
                                new ArrayList<>());
                default -> pmu().node(place);
            };
        }

        @Override
        public Promise promise() {
            return new Promise("Nothing.", Acknowledgement.DURABLE, Map.of(), false);
        }

        @Override
        public List<NodeId> servers() {
            return pmu().clients();
        }
    }

    private void run(SetSettings settings, int cuts, Injection... faults) {
        Bank bank = new Bank(new BankSettings(64, 1_000, 0.1, 0.01, 0, 1));
        Scenario<Said> scenario =
                new Scenario<>(
                        new TwoKeepers(settings, cuts),
                        bank,
                        new Workload(1, 1, new Workload.Loop.Closed(5_000), 1_000 * MILLISECOND),
                        Ranks.ENVIRONMENT,
                        new FaultPlan(Arrays.asList(faults), List.of()),
                        new Bounds(64, 2_000 * MILLISECOND, 5_000_000),
                        new Limits(60 * MILLISECOND, MILLISECOND, MILLISECOND, 1_000_000));
        RunResult result =
                new Simulation<>(
                                scenario,
                                new SeededChoices(1),
                                List.of(Properties.named("META"), Properties.named("AUTH")),
                                List.of(),
                                null)
                        .run();
        assertTrue(!result.isViolated(), () -> "" + result.judgements());
        assertEquals(cuts, cut.size());
        assertTrue(restoredFirst.getFirst().startsWith("0 "), "there was nothing to restore");
    }

    private static SetSettings settings(StoreMode mode, int regions) {
        return new SetSettings(mode, 2, 4, regions, 2, 2);
    }

    /** PMU-6, PMU-12, PMU-13, PMU-14: after any number of sets, whether full or what changed. */
    @ParameterizedTest
    @CsvSource({
        "OVERWRITE, 1, 1",
        "OVERWRITE, 1, 9",
        "OVERWRITE, 3, 5",
        "APPEND, 1, 1",
        "APPEND, 1, 4",
        "APPEND, 1, 30",
        "APPEND, 3, 11"
    })
    void theNewestSetIsRestoredAsItWasCut(StoreMode mode, int regions, int cuts) {
        run(settings(mode, regions), cuts);
        assertEquals(cut.getLast(), restoredSecond.getFirst());
    }

    /** PMU-20: a blank unit holds no set, and its mirror all. */
    @ParameterizedTest
    @CsvSource({"OVERWRITE", "APPEND"})
    void theNewestSetIsRestoredFromTheUnitThatIsLeft(StoreMode mode) {
        run(
                settings(mode, 2),
                6,
                new Injection(
                        new Trigger.At(20 * MILLISECOND),
                        new Fault.PermanentLoss(UNIT_1),
                        MILLISECOND));
        assertEquals(cut.getLast(), restoredSecond.getFirst());
    }
}
