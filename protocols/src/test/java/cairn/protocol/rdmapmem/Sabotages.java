package cairn.protocol.rdmapmem;

import static cairn.model.fault.FaultKind.CPU_HANG;
import static cairn.model.fault.FaultKind.CUT;
import static cairn.model.fault.FaultKind.PAUSE;
import static cairn.model.fault.FaultKind.PERMANENT_LOSS;
import static cairn.model.fault.FaultKind.POWER_LOSS;
import static cairn.model.fault.FaultKind.PROCESS_CRASH;

import cairn.model.Acknowledgement;
import cairn.model.Fact.Entry;
import cairn.model.Records;
import cairn.model.fault.FaultKind;
import cairn.model.verbs.Access;
import cairn.model.verbs.Extent;
import cairn.model.verbs.FlushType;
import cairn.model.verbs.MemoryKey;
import cairn.model.verbs.Verbs;
import cairn.model.verbs.WorkCompletion;
import cairn.part.ByteReader;
import cairn.part.pmu.CommittedWrite;
import cairn.part.pmu.Directory;
import cairn.part.pmu.Link;
import cairn.part.pmu.PersistMethod;
import cairn.part.pmu.Persistence;
import cairn.part.pmu.PmuMessage.Order;
import cairn.part.pmu.PmuMessage.Revoke;
import cairn.part.pmu.PmuSettings;
import cairn.part.sets.CommitRecord;
import cairn.part.sets.CommitRing;
import cairn.part.sets.SetRules.Live;
import cairn.part.sets.SetSettings;
import cairn.part.sets.StoreMode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Realistic mistakes, one at a time; each has to be caught. */
public final class Sabotages {

    private static final RdmaPmemSettings PLAIN = Sabotage.PLAIN;
    private static final RdmaPmemSettings APPEND =
            Records.like(PLAIN).with("mode", StoreMode.APPEND).with("retainedSets", 2).made();
    private static final RdmaPmemSettings READ_AFTER_WRITE =
            Records.like(PLAIN).with("persist", PersistMethod.READ_AFTER_WRITE).made();
    private static final RdmaPmemSettings COMPLETION_ONLY =
            Records.like(PLAIN).with("persist", PersistMethod.COMPLETION_ONLY).made();
    private static final RdmaPmemSettings ALL_MIRRORS =
            Records.like(PLAIN)
                    .with("mirrors", 2)
                    .with("acknowledge", Acknowledgement.DURABLE_ON_ALL)
                    .made();

    private Sabotages() {}

    /** Every sabotage, in the order of the list of bugs. */
    public static List<Sabotage> all() {
        List<FaultKind> power = List.of(POWER_LOSS);
        List<FaultKind> crash = List.of(PROCESS_CRASH);
        List<FaultKind> pause = List.of(PAUSE);
        return List.of(
                new Sabotage(
                        "A1",
                        "ACK_ON_COMPLETION_DDIO",
                        List.of("DUR"),
                        power,
                        true,
                        COMPLETION_ONLY,
                        () -> Rules.SOUND),
                new Sabotage(
                        "A2",
                        "NO_FLUSH",
                        List.of("DUR"),
                        power,
                        false,
                        COMPLETION_ONLY,
                        () -> Rules.SOUND),
                new Sabotage(
                        "A3",
                        "FLUSH_VISIBILITY_ONLY",
                        List.of("DUR"),
                        power,
                        true,
                        PLAIN,
                        FlushForVisibility::new),
                new Sabotage(
                        "A4",
                        "COMMIT_NO_FENCE",
                        List.of("ATOM"),
                        List.of(POWER_LOSS),
                        false,
                        READ_AFTER_WRITE,
                        CommitWithoutFence::new),
                new Sabotage(
                        "A6",
                        "RELAXED_ORDER_MR",
                        List.of("ATOM"),
                        crash,
                        false,
                        Records.like(PLAIN)
                                .with("persist", PersistMethod.COMPLETION_ONLY)
                                .with("acknowledge", Acknowledgement.RECEIVED)
                                .with("mode", StoreMode.APPEND)
                                .with("retainedSets", 2)
                                .with("fullEvery", 32)
                                .made(),
                        RelaxedRegion::new),
                new Sabotage(
                        "A8",
                        "META_IN_PLACE",
                        List.of("META"),
                        power,
                        false,
                        PLAIN,
                        DirectoryInPlace::new),
                new Sabotage(
                        "A9",
                        "META_BEFORE_DATA",
                        List.of("META", "ATOM"),
                        crash,
                        false,
                        PLAIN,
                        RecordBeforeData::new),
                new Sabotage(
                        "A10",
                        "OVERWRITE_SINGLE_SLOT",
                        List.of("ATOM", "DUR"),
                        crash,
                        false,
                        PLAIN,
                        SingleSlot::new),
                new Sabotage(
                        "A11",
                        "TAIL_FIRST",
                        List.of("ATOM"),
                        crash,
                        false,
                        APPEND,
                        RecordBeforeData::new),
                new Sabotage(
                        "A13",
                        "STALE_RKEY",
                        List.of("AUTH", "META"),
                        crash,
                        false,
                        PLAIN,
                        StaleTranslation::new),
                new Sabotage(
                        "A14",
                        "ZOMBIE_PRIMARY",
                        List.of("FENCE"),
                        pause,
                        false,
                        PLAIN,
                        NoRevocation::new),
                new Sabotage(
                        "A15",
                        "FENCE_CHECK_CLIENT_SIDE",
                        List.of("FENCE"),
                        pause,
                        false,
                        PLAIN,
                        WriterChecksItself::new),
                new Sabotage(
                        "A16",
                        "READ_WITHOUT_OPEN",
                        List.of("AUTH"),
                        crash,
                        false,
                        PLAIN,
                        AnyKeyReads::new),
                new Sabotage(
                        "A18",
                        "QP_ERR_IGNORED",
                        List.of("DUR", "LIVE"),
                        List.of(CUT, PAUSE, CPU_HANG, POWER_LOSS),
                        false,
                        PLAIN,
                        ErrorsIgnored::new),
                new Sabotage(
                        "A20",
                        "MULTISET_READ_SKEW",
                        List.of("ATOM", "MONO"),
                        crash,
                        false,
                        Records.like(PLAIN)
                                .with("backup", BackupMode.WARM)
                                .with("mode", StoreMode.APPEND)
                                .with("retainedSets", 2)
                                .made(),
                        NewestAfterReading::new),
                new Sabotage(
                        "A22",
                        "CLEAR_NEEDED_BASE",
                        List.of("GC"),
                        crash,
                        false,
                        APPEND,
                        NeedsForgotten::new),
                new Sabotage(
                        "A23",
                        "REGIONS_NOT_ATOMIC",
                        List.of("ATOM"),
                        crash,
                        false,
                        Records.like(PLAIN).with("regions", 3).made(),
                        FirstRegionCommits::new),
                new Sabotage(
                        "A24",
                        "MIRROR_ACK_ONE",
                        List.of("DUR"),
                        List.of(PERMANENT_LOSS, PROCESS_CRASH, CUT),
                        false,
                        ALL_MIRRORS,
                        OneMirrorSuffices::new),
                new Sabotage(
                        "A26",
                        "MANAGER_SPLIT",
                        List.of("FENCE", "AUTH"),
                        List.of(CUT, PAUSE),
                        false,
                        PLAIN,
                        EveryManagerObeyed::new));
    }

    /** A3: FLUSH with type GLOBAL where PERSISTENT is needed. */
    private static final class FlushForVisibility implements Rules {
        @Override
        public Persistence persistence(PmuSettings settings) {
            return new Persistence.Flush(FlushType.GLOBAL);
        }
    }

    /** Relies on order alone: a set whose record is there is taken for whole. */
    private interface TrustsTheRecord extends Rules {
        @Override
        default boolean isWhole(long checksum, long expected) {
            return true;
        }
    }

    /** A4: the commit record is not fenced behind the read that makes the data durable. */
    private static final class CommitWithoutFence implements TrustsTheRecord {
        @Override
        public Persistence persistence(PmuSettings settings) {
            return new Persistence() {
                @Override
                public boolean begin(CommittedWrite set, Link link) {
                    Persistence.writeData(set, link);
                    link.readBehind(0, set.spans().getFirst().target(), false);
                    link.writeRecord(set, false, false);
                    link.readBehind(0, set.recordOffset(), true);
                    return true;
                }
            };
        }
    }

    /** A6: a region with relaxed ordering, and a writer that relies on order. */
    private static final class RelaxedRegion implements TrustsTheRecord {
        @Override
        public Set<Access> regionRights(PmuSettings settings) {
            Set<Access> rights = EnumSet.copyOf(Rules.SOUND.regionRights(settings));
            rights.add(Access.RELAXED_ORDERING);
            return rights;
        }
    }

    /** A8: the directory is changed where it lies. */
    private static final class DirectoryInPlace implements Rules {
        @Override
        public int nextDirectorySlot(int current) {
            return current;
        }
    }

    /** A9, A11: what says that the set is there is durable before the set. */
    private static final class RecordBeforeData implements TrustsTheRecord {
        @Override
        public Persistence persistence(PmuSettings settings) {
            return new Persistence() {
                @Override
                public boolean begin(CommittedWrite set, Link link) {
                    link.writeRecord(set, false, false);
                    link.flush(Persistence.recordOf(set), FlushType.PERSISTENT, false);
                    Persistence.writeData(set, link);
                    link.flush(set.spans().getFirst(), FlushType.PERSISTENT, true);
                    return true;
                }
            };
        }
    }

    /** A10: every set goes to the same slot. */
    private static final class SingleSlot implements Rules {
        @Override
        public int nextSlot(int last, int slots) {
            return 0;
        }
    }

    /** A13: a region is laid out elsewhere, and the keys of its old place go on working. */
    private static final class StaleTranslation implements Rules {
        @Override
        public void move(Verbs verbs, int lkey, Extent place) {
            // The adapter is not told.
        }

        @Override
        public Directory underNewLeader(Directory directory, long unitBytes) {
            Entry region = directory.find("region-0");
            if (region == null) {
                return directory;
            }
            long place = directory.gapFor(region.length(), unitBytes);
            return place < 0
                    ? directory
                    : directory.with(new Entry("region-0", place, region.length()));
        }
    }

    /** A14: the former primary's connection stays as it is. */
    private static final class NoRevocation implements Rules {
        @Override
        public Order revocation(long term, long leaderTerm) {
            return new Revoke(term, 0);
        }
    }

    /** A15: the only fence is that the writer looks, before it writes, whether it still leads. */
    private static final class WriterChecksItself implements Rules {
        private long newestTerm;

        @Override
        public Order revocation(long term, long leaderTerm) {
            newestTerm = Math.max(newestTerm, leaderTerm);
            return new Revoke(term, 0);
        }

        @Override
        public Persistence persistence(PmuSettings settings) {
            Persistence sound = Rules.SOUND.persistence(settings);
            return new Persistence() {
                @Override
                public boolean begin(CommittedWrite set, Link link) {
                    // Where the record has its term; a writer that stops here hangs, and is
                    // replaced.
                    boolean leads = new ByteReader(set.record(), 16).number() >= newestTerm;
                    return !leads || sound.begin(set, link);
                }

                @Override
                public boolean settle(long bytes, Link link) {
                    return sound.settle(bytes, link);
                }
            };
        }
    }

    /** A16: a region's own key reads, on whatever connection, and a backup has guessed it. */
    private static final class AnyKeyReads implements Rules {
        private @Nullable List<Integer> guessed;

        @Override
        public Set<Access> regionRights(PmuSettings settings) {
            Set<Access> rights = EnumSet.copyOf(Rules.SOUND.regionRights(settings));
            rights.add(Access.REMOTE_READ);
            return rights;
        }

        @Override
        public int keyFor(
                Verbs verbs, int queuePair, MemoryKey region, long length, Set<Access> rights) {
            guessed = List.of(region.rkey());
            return Rules.SOUND.keyFor(verbs, queuePair, region, length, rights);
        }

        @Override
        public @Nullable List<Integer> keysWithoutOpening(boolean writes, int region) {
            return writes ? null : guessed;
        }
    }

    /** A18: a completion is a completion. */
    private static final class ErrorsIgnored implements Rules {
        @Override
        public boolean failed(WorkCompletion completion) {
            return false;
        }
    }

    /** A20: a follower takes what it has read for what is the newest when it has read it. */
    private static final class NewestAfterReading implements TrustsTheRecord {
        @Override
        public boolean wasThere(CommitRecord read, CommitRing now) {
            return true;
        }

        @Override
        public CommitRecord reached(CommitRecord read, CommitRing now) {
            CommitRecord newest = now.newest();
            return newest == null ? read : newest;
        }
    }

    /** A22: only the newest sets are kept, whatever they need. */
    private static final class NeedsForgotten implements Rules {
        @Override
        public long oldestToKeep(ArrayDeque<Live> live, int retained) {
            long oldest = Long.MAX_VALUE;
            Iterator<Live> newestFirst = live.descendingIterator();
            for (int left = retained; left > 0 && newestFirst.hasNext(); left--) {
                oldest = Math.min(oldest, newestFirst.next().epoch());
            }
            return oldest;
        }
    }

    /** A23: the record follows the data of the first region, not of all. */
    private static final class FirstRegionCommits implements TrustsTheRecord {
        @Override
        public Persistence persistence(PmuSettings settings) {
            return new Persistence() {
                @Override
                public boolean begin(CommittedWrite set, Link link) {
                    set.ranges().stream().filter(r -> r.region() == 0).forEach(link::write);
                    link.writeRecord(set, false, false);
                    set.ranges().stream().filter(r -> r.region() > 0).forEach(link::write);
                    link.flush(Persistence.recordOf(set), FlushType.PERSISTENT, true);
                    return true;
                }
            };
        }
    }

    /** A24: one mirror is as good as all. */
    private static final class OneMirrorSuffices implements Rules {
        @Override
        public int holders(SetSettings settings) {
            return 1;
        }
    }

    /** A26: a unit obeys any manager, not only the one with the highest term. */
    private static final class EveryManagerObeyed implements Rules {
        @Override
        public boolean isOutranked(long term, long highestTerm) {
            return false;
        }
    }
}
