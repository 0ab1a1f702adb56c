package cairn.protocol.dirtypages;

import static cairn.model.fault.FaultKind.BAD_LINK;
import static cairn.model.fault.FaultKind.DISK_FULL;
import static cairn.model.fault.FaultKind.POWER_LOSS;
import static cairn.model.fault.FaultKind.PROCESS_CRASH;

import cairn.application.crew.Crew;
import cairn.application.crew.CrewSettings;
import cairn.application.stencil.Stencil;
import cairn.application.stencil.StencilSettings;
import cairn.application.wandering.Wandering;
import cairn.application.wandering.WanderingSettings;
import cairn.fault.FaultPlan;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.NodeId;
import cairn.model.choice.Mix;
import cairn.model.computation.Computation;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.Injection;
import cairn.model.fault.LinkQuality;
import cairn.model.fault.Trigger;
import cairn.model.memory.PagedMemory;
import cairn.part.Image;
import cairn.part.chain.ChainArchive;
import cairn.part.incremental.Chain;
import cairn.part.incremental.Shortage;
import cairn.part.incremental.Tracking;
import cairn.protocol.Dice;
import cairn.protocol.Ranks;
import cairn.protocol.SeededBug;
import cairn.simulator.Scenario;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/** Realistic mistakes in checkpoints of the pages that changed, one at a time. */
public final class DirtyPagesBugs {

    /** Many checkpoints, page by page, on own disks. */
    private static final DirtyPagesSettings PLAIN = with(60_000, 65_500, false, 200_000);

    private static final DirtyPagesSettings BY_DEVICE = with(60_000, 65_500, true, 200_000);
    private static final DirtyPagesSettings FEW_MAPPINGS = with(60_000, 5, false, 200_000);
    private static final DirtyPagesSettings NOTING = noting();
    private static final DirtyPagesSettings OFTEN = with(2_000, 65_500, false, 50_000);

    private static final DirtyPagesSettings LENT =
            DirtyPagesRuns.byFaults(
                    200_000,
                    Chain.PERIODIC,
                    4,
                    Place.STORAGE_NODE,
                    InFlight.SAVE,
                    4,
                    65_500,
                    Shortage.COALESCE,
                    false,
                    1,
                    300_000,
                    100_000,
                    50_000);

    /** Many checkpoints, page by page, on a node that all share. */
    private static final DirtyPagesSettings SERVED =
            DirtyPagesRuns.byFaults(
                    60_000,
                    Chain.PERIODIC,
                    4,
                    Place.STORAGE_NODE,
                    InFlight.SAVE,
                    1,
                    65_500,
                    Shortage.COALESCE,
                    false,
                    0,
                    0,
                    0,
                    200_000);

    /** A spare node takes up the rank of a node that is gone for 300 us. */
    static final DirtyPagesSettings ADOPTING =
            new DirtyPagesSettings(
                    200_000,
                    Chain.PERIODIC,
                    4,
                    Place.STORAGE_NODE,
                    InFlight.SAVE,
                    8,
                    65_500,
                    Shortage.COALESCE,
                    Tracking.FAULTS,
                    false,
                    2,
                    0,
                    0,
                    300_000,
                    50_000);

    private static final long FOR_GOOD = 4_000_000_000L;

    private static final Computation CREW =
            new Crew(new CrewSettings(3, 2, 150, 6_000, 12, 4, 0.5, 5, 7));

    private static final Computation STENCIL =
            new Stencil(new StencilSettings(4, 2, 700, 60, 6_000, 7));

    private static final Computation WANDERING =
            new Wandering(new WanderingSettings(4, 4, 40, 200, 5_000, 8));

    private DirtyPagesBugs() {}

    /** Every mistake, in the order of the list of bugs. */
    public static List<SeededBug> all() {
        Faults crashes = some(PROCESS_CRASH, POWER_LOSS);
        Faults power = some(POWER_LOSS);
        Faults full = some(PROCESS_CRASH, DISK_FULL, DISK_FULL);
        Faults links = some(PROCESS_CRASH, BAD_LINK, BAD_LINK);
        Faults apart = DirtyPagesBugs::oneHearsLate;
        return List.of(
                bug("B1", "UNPROTECT_BEFORE_STORE", "SNAP", PLAIN, CREW, crashes, Unprotects::new),
                bug("B2", "RECORD_CLEARED_EARLY", "CLEAN", PLAIN, CREW, full, Forgets::new),
                bug("B3", "SWAP_GAP", "CLEAN SNAP", PLAIN, CREW, crashes, ProtectsLess::new),
                bug(
                        "B5",
                        "DMA_BYPASS",
                        "CLEAN SNAP",
                        BY_DEVICE,
                        STENCIL,
                        crashes,
                        TrustsProtection::new),
                bug("B6", "REMAP_LOST", "CLEAN SNAP", PLAIN, CREW, crashes, IgnoresRemaps::new),
                bug(
                        "B7",
                        "MPROTECT_ENOMEM",
                        "CLEAN SNAP",
                        FEW_MAPPINGS,
                        CREW,
                        crashes,
                        IgnoresShortage::new),
                bug(
                        "B8",
                        "SCAN_AFTER_PROTECT",
                        "CLEAN SNAP",
                        NOTING,
                        CREW,
                        crashes,
                        ScansLate::new),
                bug("B12", "NO_BARRIER", "CUT-1", OFTEN, WANDERING, apart, NoBarrier::new),
                bug(
                        "B14",
                        "BARRIER_STALE_EPOCH",
                        "CUT-1 MONO",
                        OFTEN,
                        WANDERING,
                        apart,
                        CountsStale::new),
                bug(
                        "B15",
                        "CHANNEL_STATE_PARTIAL",
                        "CUT-2",
                        PLAIN,
                        WANDERING,
                        links,
                        SavesSome::new),
                bug(
                        "B17",
                        "CHAIN_MISSING_LINK",
                        "GC ATOM",
                        PLAIN,
                        CREW,
                        crashes,
                        KeepsNewestOnly::new),
                bug("B18", "INCR_ON_FAILED_BASE", "CLEAN", PLAIN, CREW, full, BuildsOnAborted::new),
                bug("B21", "RENAME_BEFORE_DATA", "ATOM", PLAIN, CREW, power, NamesFirst::new),
                bug("B22", "UNLINK_OLD_FIRST", "DUR", PLAIN, CREW, crashes, RemovesOldFirst::new),
                bug("B23", "ENOSPC_TRUNCATES", "ATOM DUR", PLAIN, CREW, full, AnyAnswerWillDo::new),
                bug(
                        "B27",
                        "MIGRATE_STALE_ROUTE",
                        "CUT-2 EO NOORPH",
                        LENT,
                        WANDERING,
                        crashes,
                        HearsTenants::new),
                bug(
                        "B28",
                        "REPLAY_BARRIER",
                        "LIVE",
                        PLAIN,
                        STENCIL,
                        crashes,
                        WaitsAtOldBarrier::new),
                bug(
                        "C6",
                        "STALE_LOAD, adopted rank",
                        "EO",
                        ADOPTING,
                        WANDERING,
                        DirtyPagesBugs::oneDies,
                        TakesWhatItFindsFirst::new),
                bug(
                        "X8",
                        "DELTA_IGNORED_BY_SERVER",
                        "ATOM CLEAN",
                        SERVED,
                        CREW,
                        crashes,
                        IgnoresDeltas::new));
    }

    private static DirtyPagesSettings with(
            long intervalNanos, int mostMappings, boolean deviceReceives, long retryNanos) {
        return DirtyPagesRuns.byFaults(
                intervalNanos,
                Chain.PERIODIC,
                4,
                Place.OWN_DISK,
                InFlight.SAVE,
                1,
                mostMappings,
                Shortage.COALESCE,
                deviceReceives,
                0,
                0,
                0,
                retryNanos);
    }

    /** As the plain ones, but stores are noted by the kernel where they need not be stopped. */
    private static DirtyPagesSettings noting() {
        return new DirtyPagesSettings(
                60_000,
                Chain.PERIODIC,
                4,
                Place.OWN_DISK,
                InFlight.SAVE,
                1,
                65_500,
                Shortage.COALESCE,
                Tracking.SCAN,
                false,
                0,
                0,
                0,
                0,
                200_000);
    }

    /** What befalls a protocol. */
    private interface Faults {
        FaultPlan of(Dice dice, DirtyPages protocol);
    }

    private static Faults some(FaultKind... kinds) {
        return (dice, protocol) -> DirtyPagesRuns.faults(dice, protocol, List.of(kinds));
    }

    /** One rank and the coordinator hear each other late or twice, and others crash. */
    private static FaultPlan oneHearsLate(Dice dice, DirtyPages protocol) {
        NodeId coordinator = new NodeId(4);
        LinkQuality bad = new LinkQuality(0.2, 0.5, 0.5, 0, 60_000);
        long whole = 5_000_000;
        List<Injection> faults = new ArrayList<>();
        faults.add(
                new Injection(
                        new Trigger.At(0),
                        new Fault.BadLink(coordinator, new NodeId(0), bad),
                        whole));
        faults.add(
                new Injection(
                        new Trigger.At(0),
                        new Fault.BadLink(new NodeId(0), coordinator, bad),
                        whole));
        for (int i = 0; i < 4; i++) {
            faults.add(
                    new Injection(
                            new Trigger.At(dice.nanos(300_000, 5_000_000)),
                            new Fault.ProcessCrash(new NodeId(dice.from(1, 3))),
                            100_000));
        }
        return new FaultPlan(faults, List.of());
    }

    /** One rank's node dies for good, and a spare one takes up the rank. */
    private static FaultPlan oneDies(Dice dice, DirtyPages protocol) {
        return new FaultPlan(
                List.of(
                        new Injection(
                                new Trigger.At(dice.nanos(500_000, 2_000_000)),
                                new Fault.PowerLoss(dice.node(4)),
                                FOR_GOOD)),
                List.of());
    }

    private static SeededBug bug(
            String id,
            String name,
            String caughtBy,
            DirtyPagesSettings settings,
            Computation computation,
            Faults faults,
            Supplier<Rules> rules) {
        return new SeededBug(
                id,
                name,
                List.of(caughtBy.split(" ", -1)),
                seed -> scenario(seed, settings, computation, faults, rules.get()),
                seed -> scenario(seed, settings, computation, faults, Rules.SOUND));
    }

    private static Scenario<?> scenario(
            long seed,
            DirtyPagesSettings settings,
            Computation computation,
            Faults faults,
            Rules rules) {
        var protocol = new DirtyPages(settings, computation, CpuCosts.DEFAULT, rules);
        return Ranks.scenario(protocol, computation, faults.of(new Dice(seed), protocol));
    }

    /** The fault handler lets the store pass, and the page is stored when its turn comes. */
    private static final class Unprotects implements Rules {
        @Override
        public boolean mustBeStoredFirst(boolean isMissing) {
            return false;
        }
    }

    /** The record is cleared when pages are handed to the writer. */
    private static final class Forgets implements Rules {
        @Override
        public BitSet recordWhileStoring(BitSet changed) {
            return new BitSet();
        }
    }

    /** When the lists have changed places, not all pages are protected yet. */
    private static final class ProtectsLess implements Rules {
        @Override
        public void protect(PagedMemory memory, BitSet changed) {
            memory.protectAll();
            changed.stream().skip(changed.cardinality() / 2).forEach(memory::unprotect);
        }
    }

    /** The kernel is asked what was stored to when all is protected anew, and knows of nothing. */
    private static final class ScansLate implements Rules {
        @Override
        public BitSet collect(PagedMemory memory) {
            memory.protectAll();
            return memory.collect();
        }
    }

    /** Stores by devices cannot happen, since they would fault. */
    private static final class TrustsProtection implements Rules {
        @Override
        public boolean mindsDevices() {
            return false;
        }
    }

    /** Nobody tells the protocol that a range was mapped anew. */
    private static final class IgnoresRemaps implements Rules {
        @Override
        public boolean mindsRemaps() {
            return false;
        }
    }

    /** When a page cannot be unprotected, its neighbours are too, and only that one is recorded. */
    private static final class IgnoresShortage implements Rules {
        @Override
        public boolean recordsAllUnprotected() {
            return false;
        }
    }

    /** A rank goes on as soon as it is armed itself. */
    private static final class NoBarrier implements Rules {
        @Override
        public boolean waitsAtBarrier() {
            return false;
        }
    }

    /** Whoever says that it is armed is counted, whatever for. */
    private static final class CountsStale implements Rules {
        @Override
        public boolean isArmedFor(Epoch armed, Epoch epoch) {
            return true;
        }
    }

    /** Only the first channels are looked at. */
    private static final class SavesSome implements Rules {
        @Override
        public int savedPeers(int ranks) {
            return 1;
        }
    }

    /** What the newest checkpoints are put on is thought to be old. */
    private static final class KeepsNewestOnly implements Rules {
        @Override
        public NavigableSet<Long> keeps(ChainArchive<?> archive, Epoch newest, Epoch before) {
            return archive.needs(newest, newest).tailSet(before.number(), true);
        }
    }

    /** The next checkpoint stores what changed since the one that was aborted. */
    private static final class BuildsOnAborted implements Rules {
        @Override
        public BitSet leftByAborted(BitSet changed) {
            return new BitSet();
        }
    }

    /** The file has its name before its content is durable, and its name is believed. */
    private static final class NamesFirst implements Rules {
        @Override
        public boolean syncsBeforeNaming() {
            return false;
        }

        @Override
        public @Nullable Image read(int rank, byte[] content) {
            return unchecked(rank, content);
        }
    }

    /** What the server keeps of a delta is that there was one. */
    private static final class IgnoresDeltas implements Rules {

        private static final int MEMORY_PAGES_AT = 32;

        @Override
        public @Nullable Image read(int rank, byte[] content) {
            Image image = Image.read(rank, content);
            if (image == null || image.isFull()) {
                return image;
            }
            int memoryPages =
                    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(MEMORY_PAGES_AT);
            BitSet none = new BitSet();
            return new Image.Draft(
                            rank,
                            image.epoch(),
                            image.base(),
                            memoryPages,
                            none,
                            none,
                            image.state())
                    .finish();
        }
    }

    /** There is to be one file at any time. */
    private static final class RemovesOldFirst implements Rules {
        @Override
        public boolean keepsOldWhileStoring() {
            return false;
        }
    }

    /** A write that was refused is taken for one that was done. */
    private static final class AnyAnswerWillDo implements Rules {
        @Override
        public boolean succeeded(Event.OfDisk<?> answer) {
            return true;
        }

        @Override
        public @Nullable Image read(int rank, byte[] content) {
            return unchecked(rank, content);
        }
    }

    /** Whatever comes from a node that is a rank's home is taken for a message of that rank. */
    private static final class HearsTenants implements Rules {
        @Override
        public boolean isForUs(long eraOfMessage, long era) {
            return true;
        }
    }

    /** A rank that is restored finds itself in the barrier in which it was when it was saved. */
    private static final class WaitsAtOldBarrier implements Rules {
        @Override
        public boolean leftBarrier() {
            return false;
        }
    }

    /** Who takes up a rank restores the first of its images, not the newest that all have. */
    private static final class TakesWhatItFindsFirst implements Rules {
        @Override
        public Epoch takenUpAt(Epoch line, List<Epoch> found) {
            return found.isEmpty() ? line : found.getFirst();
        }
    }

    /** Reads an image as somebody does who never looks at the checksum. */
    private static @Nullable Image unchecked(int rank, byte[] content) {
        if (content.length < Long.BYTES) {
            return null;
        }
        CRC32C crc = new CRC32C();
        crc.update(content, 0, content.length - Long.BYTES);
        ByteBuffer.wrap(content)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(content.length - Long.BYTES, Mix.fold(Mix.GOLDEN, crc.getValue()));
        return Image.read(rank, content);
    }
}
