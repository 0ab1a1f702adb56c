package cairn.report;

import cairn.report.statistics.Quantity;

import org.apache.commons.math3.random.MersenneTwister;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Made-up results that look like real ones: a service under checkpoints that fails twice. */
final class Samples {
    private static final long RUN = 2_000_000_000L;

    private Samples() {}

    static ExperimentResult protocols(int trials) {
        var variants = new ArrayList<VariantResult>();
        double[] checkpointNanos = {4_300, 5_900, 6_800, 31_000, 96_000, 11_400_000};
        String[] labels = {
            "native flush, ADR",
            "read after write, ADR",
            "two-sided, CPU flush",
            "NVMe, power-loss protection",
            "NVMe, no protection",
            "disk"
        };
        for (int i = 0; i < labels.length; i++) {
            var settings = new LinkedHashMap<String, String>();
            settings.put("protocol", i < 3 ? "rdma-pmem" : "storage");
            settings.put("persist", labels[i]);
            variants.add(
                    new VariantResult(
                            labels[i],
                            settings,
                            "DUR, ATOM, MONO: an acknowledged checkpoint is restored whole.",
                            "powerLoss(PMU) ≤ 1, crash(node) ≤ 1",
                            trials(trials, i, checkpointNanos[i], i == 4)));
        }
        return new ExperimentResult(
                "persist-methods",
                "What does a durable checkpoint cost, and which ways to persist keep what they"
                        + " acknowledged?",
                Finding.HOLDS,
                "0.1.0",
                "./cairn run experiments/library/persist-methods.yaml",
                "name: persist-methods\nseeds: 1..12\nfaults:\n  powerLoss: <= 1\n",
                variants,
                List.of(
                        new Expectation("native flush holds DUR", Finding.HOLDS, "12 of 12 trials"),
                        new Expectation(
                                "NVMe without protection violates DUR",
                                Finding.HOLDS,
                                "violated in 4 of 12 trials")));
    }

    static ExperimentResult sweep() {
        var variants = new ArrayList<VariantResult>();
        for (String size : List.of("64 B", "512 B", "4 KiB", "32 KiB", "256 KiB", "2 MiB")) {
            for (int method = 0; method < 3; method++) {
                var settings = new LinkedHashMap<String, String>();
                settings.put("size", size);
                settings.put("method", List.of("write", "write + flush", "two-sided").get(method));
                double bytes = Quantity.parse(size).orElseThrow().value();
                double nanos = 1_600 + 900 * method + bytes * 0.09;
                variants.add(
                        new VariantResult(
                                settings.get("method") + ", " + size,
                                settings,
                                "",
                                "",
                                trials(5, method, nanos, false)));
            }
        }
        return new ExperimentResult(
                "rdma-latency",
                "How does latency grow with size?",
                Finding.HOLDS,
                "0.1.0",
                "./cairn run x.yaml",
                "name: rdma-latency\n",
                variants,
                List.of());
    }

    /** A sweep of three settings, with more combinations of two than curves can be told apart. */
    static ExperimentResult crowded() {
        var variants = new ArrayList<VariantResult>();
        for (String method : List.of("write", "two-sided")) {
            for (int clients = 1; clients <= 8; clients++) {
                for (String size : List.of("1 KiB", "2 KiB", "4 KiB")) {
                    var settings = new LinkedHashMap<String, String>();
                    settings.put("settings.method", method);
                    settings.put("workload.clients", Integer.toString(clients));
                    settings.put("settings.size", size);
                    double nanos = 1_000.0 * clients;
                    variants.add(
                            new VariantResult(
                                    method + ", clients " + clients + ", " + size,
                                    settings,
                                    "",
                                    "",
                                    trials(2, clients, nanos, false)));
                }
            }
        }
        return experiment(variants.toArray(VariantResult[]::new));
    }

    /** Trials in which nothing was asked for, nothing failed and nothing was judged. */
    static VariantResult bare(String label, int trials) {
        var bare =
                new TrialResult(
                        1,
                        "0",
                        0,
                        new Counts(0, 0, 0, 0, 0),
                        List.of(),
                        DurationHistogram.EMPTY,
                        DurationHistogram.EMPTY,
                        DurationHistogram.EMPTY,
                        Throughput.NONE,
                        List.of(),
                        Breakdown.NONE,
                        new Replay("", Optional.empty()));
        return new VariantResult(
                label, new LinkedHashMap<>(), "", "", Collections.nCopies(trials, bare));
    }

    static ExperimentResult experiment(VariantResult... variants) {
        return new ExperimentResult(
                "sample", "", Finding.HOLDS, "0", "", "", List.of(variants), List.of());
    }

    static List<TrialResult> trials(int count, int kind, double checkpointNanos, boolean breaks) {
        var trials = new ArrayList<TrialResult>();
        for (int seed = 1; seed <= count; seed++) {
            trials.add(trial(seed, kind, checkpointNanos, breaks && seed % 3 == 1));
        }
        return trials;
    }

    private static TrialResult trial(int seed, int kind, double checkpointNanos, boolean broken) {
        var random = new MersenneTwister(1000L * seed + kind);
        var requests = new DurationHistogram.Recorder();
        for (int i = 0; i < 4000; i++) {
            double tail = random.nextDouble() < 0.004 ? 40 : 1;
            requests.record(
                    (long)
                            ((9_000 + checkpointNanos / 3)
                                    * tail
                                    * Math.exp(0.35 * random.nextGaussian())));
        }
        var checkpoints = new DurationHistogram.Recorder();
        for (int i = 0; i < 200; i++) {
            checkpoints.record((long) (checkpointNanos * Math.exp(0.15 * random.nextGaussian())));
        }
        var recoveries = new DurationHistogram.Recorder();
        recoveries.record((long) (21e6 * Math.exp(0.5 * random.nextGaussian())));
        recoveries.record(
                (long) ((25e6 + 30 * checkpointNanos) * Math.exp(0.3 * random.nextGaussian())));
        long crash = 400_000_000L + seed % 50 * 10_000_000L;
        long power = 1_300_000_000L;
        long[] buckets = new long[200];
        for (int i = 0; i < buckets.length; i++) {
            long at = i * 10_000_000L;
            boolean down =
                    (at >= crash && at < crash + 60_000_000)
                            || (at >= power && at < power + 150_000_000);
            buckets[i] = down ? 0 : (long) (900 - 60 * kind + 40 * random.nextGaussian());
        }
        long paused = (long) (200 * Math.min(checkpointNanos, 2e6));
        long stall = 20_000_000 + seed % 50 * 100_000L;
        long lost = 90_000_000;
        long restart = 60_000_000;
        long down = 120_000_000;
        long logging = kind == 2 ? 130_000_000 : 0;
        long useful = RUN - paused - stall - lost - restart - down - logging;
        var outcomes =
                List.of(
                        new PropertyOutcome(
                                "DUR",
                                broken ? Finding.VIOLATED : Finding.HOLDS,
                                2,
                                broken
                                        ? "checkpoint 41 was acknowledged at 1.2998 s; after the"
                                                + " power loss at 1.3 s checkpoint 40 was restored"
                                        : ""),
                        new PropertyOutcome("ATOM", Finding.HOLDS, 2, ""),
                        new PropertyOutcome(
                                "OUT", kind == 5 ? Finding.NOT_PROMISED : Finding.HOLDS, 120, ""));
        return new TrialResult(
                seed,
                Long.toHexString(random.nextLong()),
                RUN,
                new Counts(
                        48_000 + seed,
                        175_000 - 900 * (seed % 50),
                        200,
                        200L * 65_536,
                        175_000L * 192),
                outcomes,
                requests.toHistogram(),
                checkpoints.toHistogram(),
                recoveries.toHistogram(),
                new Throughput(10_000_000, buckets, RUN),
                List.of(
                        new FaultMark(power, "power loss PMU"),
                        new FaultMark(crash, "crash primary")),
                new Breakdown(RUN, useful, paused, stall, logging, lost, restart, down),
                new Replay(
                        "./cairn replay persist-methods --seed " + seed,
                        broken ? Optional.of("answers/seed-" + seed + ".txt") : Optional.empty()));
    }
}
