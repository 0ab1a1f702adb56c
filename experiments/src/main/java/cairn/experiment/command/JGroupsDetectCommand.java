package cairn.experiment.command;

import cairn.experiment.file.Line;
import cairn.experiment.file.UserMistake;
import cairn.report.plot.Axis;
import cairn.report.plot.Images;
import cairn.report.plot.Mark;
import cairn.report.plot.Plot;
import cairn.report.plot.Point;
import cairn.report.plot.Style;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Statistics;
import cairn.report.statistics.Unit;
import cairn.virtual.jgroups.Detection;
import cairn.virtual.jgroups.Detection.Failure;
import cairn.virtual.jgroups.Stack;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Measures, in virtual time, how long the real detector takes. */
@Command(
        name = "detect",
        description = {
            "Measures how long a group of five takes to notice a failure, and to merge again.",
            "It does so with JGroups' FD_ALL3, VERIFY_SUSPECT2, GMS and MERGE3 in virtual time,"
                    + " under several settings."
        },
        footer = {
            "",
            "Writes detection.csv, .png and .svg, and prints the table. With --model it prints what"
                    + " was measured of a kill",
            "under one setting as a file that an experiment can include, and writes nothing:",
            "",
            "  ./cairn jgroups detect --model '500 ms / 2 s / 500 ms' > jgroups.yaml"
        })
final class JGroupsDetectCommand implements Callable<Integer> {

    private static final double LOW = 0.05;
    private static final double HIGH = 0.95;

    private final Workbench bench;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "How many groups for each figure; otherwise ${DEFAULT-VALUE}.")
    private int seeds = 40;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where results go; otherwise ${DEFAULT-VALUE}.")
    private Path out = Path.of("results", "jgroups-detection");

    @Option(
            names = "--model",
            paramLabel = "SETTING",
            description = "One of the settings: print its times as 'environment.detection'.")
    private @Nullable String model;

    /** Settings of the detector, and what they are called. */
    private record Setting(String name, Stack stack) {}

    /** What was measured of one failure under one setting, in nanoseconds. */
    private static final class Row {
        private final Setting setting;
        private final Failure failure;
        private final double[] first;
        private final double[] last;
        private final double[] merged;

        Row(Setting setting, Failure failure, List<Detection> all) {
            this.setting = setting;
            this.failure = failure;
            this.first = all.stream().mapToDouble(Detection::firstNanos).sorted().toArray();
            this.last = all.stream().mapToDouble(Detection::lastNanos).sorted().toArray();
            this.merged = all.stream().mapToDouble(Detection::mergedNanos).sorted().toArray();
        }
    }

    JGroupsDetectCommand(Workbench bench) {
        this.bench = bench;
    }

    private static List<Setting> settings() {
        return List.of(
                new Setting("as shipped: 8 s / 40 s / 1.5 s", Stack.SHIPPED),
                new Setting("2 s / 8 s / 1 s", quick(2_000, 8_000, 1_000)),
                new Setting("500 ms / 2 s / 500 ms", quick(500, 2_000, 500)),
                new Setting("400 ms / 2 s / 100 ms", quick(400, 2_000, 100)),
                new Setting("100 ms / 500 ms / 100 ms", quick(100, 500, 100)));
    }

    private static Stack quick(long every, long after, long verify) {
        return Stack.QUICK.detecting(
                Duration.ofMillis(every), Duration.ofMillis(after), Duration.ofMillis(verify));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seeds < 1 || seeds > 100_000) {
            throw new UserMistake("--seeds: 1 to 100000: " + seeds);
        }
        if (model != null) {
            // A mistake is to be told before another JVM starts.
            setting(model);
        }
        if (!VirtualJvm.isThis()) {
            return VirtualJvm.execute(Words.of(spec));
        }
        if (model != null) {
            print(setting(model));
            return ExitCode.HOLDS;
        }
        Path folder = bench.terminal().resolve(out);
        ResultsFolder.make(folder, out);
        List<Row> rows = new ArrayList<>();
        PrintWriter say = bench.terminal().out();
        say.println(
                Line.of(
                        "%-31s %-10s %6s %10s %10s %10s %10s %10s",
                        "heartbeat / timeout / verify",
                        "failure",
                        "groups",
                        "first",
                        "all",
                        "(5 %)",
                        "(95 %)",
                        "merged"));
        for (Setting setting : settings()) {
            for (Failure failure : Failure.values()) {
                Row row = measure(setting, failure);
                rows.add(row);
                say.println(line(row));
                say.flush();
            }
        }
        Files.writeString(folder.resolve("detection.csv"), csv(rows));
        Plot plot = plot(rows);
        Files.write(folder.resolve("detection.png"), Images.png(plot));
        Files.writeString(folder.resolve("detection.svg"), Images.svg(plot));
        say.println("Results: " + out);
        say.flush();
        return ExitCode.HOLDS;
    }

    /** The setting of a name, or of what stands behind it. */
    private static Setting setting(String name) {
        return settings().stream()
                .filter(setting -> (": " + setting.name).endsWith(": " + name))
                .findFirst()
                .orElseThrow(() ->
                        new UserMistake(
                                "--model: none of the settings '"
                                        + String.join(
                                                "', '",
                                                settings().stream().map(Setting::name).toList())
                                        + "': '"
                                        + name
                                        + "'"));
    }

    /** What was measured of a kill, as part of an experiment file. */
    private void print(Setting setting) {
        PrintWriter say = bench.terminal().out();
        say.println(
                Line.of(
                        "# From a kill until all that are left of five have a view without it, in"
                                + " %d groups of JGroups' FD_ALL3,%n"
                                + "# VERIFY_SUSPECT2 and GMS in virtual time: heartbeat, timeout,"
                                + " verification %s.%n"
                                + "# ./cairn jgroups detect --model '%s' --seeds %d%n"
                                + "environment:%n"
                                + "  detection:%n"
                                + "    measured:",
                        seeds, setting.name, setting.name, seeds));
        for (double nanos : measure(setting, Failure.KILL).last) {
            say.println("      - " + Line.of("%.0f us", nanos / 1_000));
        }
        say.flush();
    }

    private Row measure(Setting setting, Failure failure) {
        List<Detection> all = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            Detection.of(failure, setting.stack, seed).ifPresent(all::add);
        }
        return new Row(setting, failure, all);
    }

    private static String line(Row row) {
        return Line.of(
                "%-31s %-10s %6d %10s %10s %10s %10s %10s",
                row.setting.name,
                name(row.failure),
                row.last.length,
                text(row.first, 0.5),
                text(row.last, 0.5),
                text(row.last, LOW),
                text(row.last, HIGH),
                text(row.merged, 0.5));
    }

    private static String name(Failure failure) {
        return failure.name().toLowerCase(Locale.ROOT);
    }

    private static String text(double[] sorted, double fraction) {
        return sorted.length == 0 ? "-" : Unit.NANOSECONDS.text(quantile(sorted, fraction));
    }

    private static double quantile(double[] sorted, double fraction) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(fraction * sorted.length))];
    }

    private static String csv(List<Row> rows) {
        StringBuilder text = new StringBuilder("setting,failure,group,first_ns,all_ns,merged_ns\n");
        for (Row row : rows) {
            for (int i = 0; i < row.last.length; i++) {
                // Each column is sorted by itself: it is a distribution, not a list of groups.
                text.append(
                        Line.of(
                                "\"%s\",%s,%d,%.0f,%.0f,%.0f%n",
                                row.setting.name,
                                name(row.failure),
                                i,
                                row.first[i],
                                row.last[i],
                                row.merged[i]));
            }
        }
        return text.toString();
    }

    private Plot plot(List<Row> rows) {
        List<String> names = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        for (Row row : rows) {
            if (row.last.length == 0) {
                continue;
            }
            int at = names.size();
            names.add(row.setting.name + ", " + name(row.failure));
            List<Point> dots = new ArrayList<>();
            for (int i = 0; i < row.last.length; i++) {
                dots.add(new Point(row.last[i], at + 0.25 * ((i * 7 % 10) / 10.0 - 0.5)));
                times.add(row.last[i]);
            }
            Style style = Style.of(List.of(Failure.values()).indexOf(row.failure));
            marks.add(new Mark.Dots(dots, style));
            Estimate median = Statistics.median(row.last, Statistics.CONFIDENCE);
            marks.add(
                    new Mark.AcrossInterval(
                            median.value(),
                            median.hasInterval() ? median.low() : Double.NaN,
                            median.high(),
                            at,
                            style));
        }
        return new Plot(
                "detection",
                "Time until all that are left know of a failure",
                "From the failure until every member that is left has a view without the failed,"
                        + " FD_ALL3 with VERIFY_SUSPECT2 in virtual time, groups of five, "
                        + seeds
                        + " seeds each. Large marks are medians, whiskers their 95 % confidence"
                        + " intervals.",
                Axis.suited(
                        "Time until all know",
                        Unit.NANOSECONDS,
                        times.stream().mapToDouble(Double::doubleValue).toArray()),
                Axis.rows(names),
                List.of(),
                marks);
    }
}
