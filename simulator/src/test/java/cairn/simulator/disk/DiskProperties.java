package cairn.simulator.disk;

import static cairn.simulator.disk.Bench.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.fault.Fault;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The disk held against files in plain arrays. */
class DiskProperties {

    /** One call, and what it does to plain arrays. */
    record Call(int what, int file, int other, int offset, int length, int value) {

        void ask(Bench bench) {
            switch (what) {
                case 0, 1, 2, 3 -> bench.write(name(file), offset, bytes(length, value));
                case 4 -> bench.sync(name(file));
                case 5 -> bench.rename(name(file), name(other));
                case 6 -> bench.delete(name(file));
                default -> bench.syncDirectory();
            }
        }

        void apply(SortedMap<String, byte[]> files) {
            switch (what) {
                case 0, 1, 2, 3 ->
                        files.put(name(file), written(files.getOrDefault(name(file), new byte[0])));
                case 5 -> {
                    byte[] moved = files.remove(name(file));
                    if (moved != null) {
                        files.put(name(other), moved);
                    }
                }
                case 6 -> files.remove(name(file));
                default -> {
                    // Syncs change nothing that can be read.
                }
            }
        }

        private byte[] written(byte[] before) {
            byte[] after = Arrays.copyOf(before, Math.max(before.length, offset + length));
            Arrays.fill(after, offset, offset + length, (byte) value);
            return after;
        }

        private static String name(int file) {
            return "file" + file;
        }
    }

    @Provide
    Arbitrary<List<Call>> calls() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 2500),
                        Arbitraries.integers().between(1, 2500),
                        Arbitraries.integers().between(1, 255))
                .as(Call::new)
                .list()
                .ofMaxSize(20);
    }

    private static SortedMap<String, byte[]> ask(Bench bench, List<Call> calls) {
        TreeMap<String, byte[]> files = new TreeMap<>();
        for (Call call : calls) {
            call.ask(bench);
            call.apply(files);
        }
        bench.run();
        return files;
    }

    private static void assertHolds(SortedMap<String, byte[]> files, Bench bench) {
        assertEquals(List.copyOf(files.keySet()), bench.list());
        files.forEach((name, content) -> assertArrayEquals(content, bench.read(name), name));
    }

    private static DiskCosts costs(int which) {
        return List.of(
                        DiskCosts.NVME_PROTECTED,
                        DiskCosts.NVME_CONSUMER,
                        DiskCosts.DISK.withTornSectors())
                .get(which);
    }

    @Property(tries = 300)
    void whatIsReadIsWhatWasWritten(@ForAll("calls") List<Call> calls, @ForAll long seed) {
        Bench bench = new Bench(DiskCosts.DISK, new SeededChoices(seed));
        SortedMap<String, byte[]> files = ask(bench, calls);
        assertHolds(files, bench);
        bench.disk.processCrash();
        assertHolds(files, bench);
    }

    @Property(tries = 300)
    void whatIsSyncedWithItsNameSurvivesByteForByte(
            @ForAll("calls") List<Call> calls,
            @ForAll("calls") List<Call> unsynced,
            @ForAll @IntRange(max = 2) int which,
            @ForAll boolean warm,
            @ForAll long seed) {
        Bench bench = new Bench(costs(which), new SeededChoices(seed));
        SortedMap<String, byte[]> files = ask(bench, calls);
        files.keySet().forEach(bench::sync);
        bench.syncDirectory().run();
        // More is asked and not even begun when the power goes.
        bench.disk.list(0);
        unsynced.forEach(call -> call.ask(bench));
        if (warm) {
            bench.disk.warmReset();
        }
        bench.disk.powerLoss();
        assertHolds(files, bench);
    }

    @Property(tries = 500)
    void withoutASyncEachSectorIsOldOrNew(
            @ForAll("writes") List<Call> before,
            @ForAll("writes") List<Call> after,
            @ForAll @IntRange(max = 2) int which,
            @ForAll boolean warm,
            @ForAll long seed) {
        Bench bench = new Bench(costs(which), new SeededChoices(seed));
        List<Call> all = new ArrayList<>(before);
        byte[] old = content(ask(bench, before));
        bench.sync("file0").syncDirectory().run();
        after.forEach(call -> call.ask(bench));
        bench.run();
        all.addAll(after);
        TreeMap<String, byte[]> files = new TreeMap<>();
        all.forEach(call -> call.apply(files));
        byte[] fresh = content(files);
        if (warm) {
            bench.disk.warmReset();
        } else {
            bench.disk.powerLoss();
        }
        byte[] read = bench.read("file0");
        assertTrue(read.length == old.length || read.length == fresh.length);
        for (int at = 0; at < read.length; at += Layer.SECTOR) {
            assertSector(at, read, old, fresh, costs(which).tearsSectors());
        }
    }

    /** From its first byte a sector is new up to some place, and old from there on. */
    private static void assertSector(int at, byte[] read, byte[] old, byte[] fresh, boolean tears) {
        byte[] is = Arrays.copyOfRange(read, at, at + Layer.SECTOR);
        byte[] was = sector(old, at, read.length);
        byte[] would = sector(fresh, at, read.length);
        boolean found = Arrays.equals(is, was) || Arrays.equals(is, would);
        for (int tear = 8; tears && tear < Layer.SECTOR; tear += 8) {
            byte[] torn = was.clone();
            System.arraycopy(would, 0, torn, 0, tear);
            found |= Arrays.equals(is, torn);
        }
        assertTrue(found, "the sector at " + at + " is neither old nor new");
    }

    /** A sector of a file, as far as a file of this length shows it. */
    private static byte[] sector(byte[] file, int at, int length) {
        byte[] whole = Arrays.copyOf(Arrays.copyOf(file, length), at + Layer.SECTOR);
        return Arrays.copyOfRange(whole, at, at + Layer.SECTOR);
    }

    private static byte[] content(SortedMap<String, byte[]> files) {
        return files.getOrDefault("file0", new byte[0]);
    }

    @Provide
    Arbitrary<List<Call>> writes() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2500),
                        Arbitraries.integers().between(1, 2500),
                        Arbitraries.integers().between(1, 255))
                .as((offset, length, value) -> new Call(0, 0, 0, offset, length, value))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Property(tries = 500)
    void namesAfterAPowerLossAreThoseBetweenTwoChangesSoThatARenamingIsAtomic(
            @ForAll("calls") List<Call> calls,
            @ForAll @IntRange(max = 2) int which,
            @ForAll boolean warm,
            @ForAll long seed) {
        Bench bench = new Bench(costs(which), new SeededChoices(seed));
        TreeMap<String, byte[]> files = new TreeMap<>();
        List<List<String>> states = new ArrayList<>();
        states.add(List.of());
        for (Call call : calls) {
            call.ask(bench);
            call.apply(files);
            if (call.what == 7) {
                states.clear();
            }
            states.add(List.copyOf(files.keySet()));
        }
        bench.run();
        if (warm) {
            bench.disk.warmReset();
        } else {
            bench.disk.powerLoss();
        }
        assertTrue(states.contains(bench.list()));
    }

    @Property(tries = 100)
    void theSameAnswersGiveTheSameDisk(@ForAll("calls") List<Call> calls, @ForAll long seed) {
        assertEquals(outcome(calls, seed), outcome(calls, seed));
    }

    private static List<String> outcome(List<Call> calls, long seed) {
        Bench bench = new Bench(costs(2), new SeededChoices(seed));
        calls.forEach(call -> call.ask(bench));
        bench.runUntil(50_000);
        bench.disk.strike(new Fault.MisdirectedWrites(Bench.HERE));
        bench.runUntil(5_000_000).disk.powerLoss();
        bench.disk.strike(new Fault.SectorRot(Bench.HERE));
        List<String> outcome = new ArrayList<>();
        for (String name : bench.list()) {
            outcome.add(name + " " + Arrays.hashCode(bench.read(name)));
        }
        outcome.addAll(bench.answers);
        outcome.add(Long.toString(bench.kernel.digest()));
        return outcome;
    }
}
