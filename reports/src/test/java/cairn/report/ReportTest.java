package cairn.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.report.plot.Mark;
import cairn.report.plot.Plot;
import cairn.report.plot.Point;
import cairn.report.plot.Style;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

final class ReportTest {
    private static final String NASTY =
            "<script>alert('\"x\"')</script>&amp;\u0000\u202e\ud800 ü 文";

    @TempDir private Path folder;

    @Test
    void theSameResultIsWrittenAsTheSameBytesInAnyLocale() throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        Report.write(Samples.protocols(3), first);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            Report.write(Samples.protocols(3), second);
        } finally {
            Locale.setDefault(before);
        }
        assertEquals(files(first), files(second));
        for (String file : files(first)) {
            assertArrayEquals(
                    Files.readAllBytes(first.resolve(file)),
                    Files.readAllBytes(second.resolve(file)),
                    file);
        }
    }

    @Test
    void aReportHasItsPageItsTablesAndEveryPlotTwice() throws IOException {
        Report.write(Samples.protocols(2), folder);
        List<String> files = files(folder);
        for (String name :
                List.of(
                        "report.html",
                        "results.json",
                        "trials.csv",
                        "summary.csv",
                        "latency.csv",
                        "plots/latency-cdf.png",
                        "plots/latency-cdf.svg",
                        "plots/latency-percentiles.svg",
                        "plots/recovery.png",
                        "plots/breakdown.svg",
                        "plots/compare-checkpoint-p50.png",
                        "plots/pareto.svg",
                        "plots/throughput-5-nvme-no-protection.svg")) {
            assertTrue(files.contains(name), () -> name + " is not among " + files);
        }
        assertFalse(files.stream().anyMatch(file -> file.endsWith(".part")));
    }

    @Test
    void plotsOfAnEarlierRunAreNotLeftBehind() throws IOException {
        Report.write(Samples.protocols(1), folder);
        Report.write(Samples.experiment(Samples.bare("bare", 1)), folder);
        assertEquals(
                List.of(
                        "differences.csv",
                        "histograms/checkpoint.hlog",
                        "histograms/recovery.hlog",
                        "histograms/request.hlog",
                        "latency.csv",
                        "report.html",
                        "results.json",
                        "summary.csv",
                        "trials.csv"),
                files(folder));
    }

    @Test
    void everyFileBearsTheConfigurationAndPicturesStayReadable() throws IOException {
        ExperimentResult result = Samples.protocols(2);
        Report.write(result, folder);
        String configuration = result.configuration().hash();
        assertEquals(16, configuration.length());
        for (String file : files(folder)) {
            String bytes =
                    new String(
                            Files.readAllBytes(folder.resolve(file)), StandardCharsets.ISO_8859_1);
            assertTrue(bytes.contains(configuration), file);
        }
        var picture = ImageIO.read(folder.resolve("plots/latency-cdf.png").toFile());
        assertEquals(960, picture.getWidth());
    }

    @Test
    void histogramsAreReadBackByTheirOwnTools() throws IOException {
        ExperimentResult result = Samples.protocols(2);
        Report.write(result, folder);
        var log = new HistogramLogReader(folder.resolve("histograms/request.hlog").toFile());
        var tags = new ArrayList<String>();
        while (log.hasNext()) {
            var histogram = (Histogram) log.nextIntervalHistogram();
            tags.add(histogram.getTag());
            assertEquals(8000, histogram.getTotalCount());
        }
        assertEquals(6, tags.size());
        assertEquals("1-native-flush-adr", tags.getFirst());
    }

    @Test
    void thePageNamesNoAddressAndLoadsNothing() throws IOException {
        String page = page(Samples.protocols(2));
        assertFalse(page.contains("http"));
        assertFalse(page.contains("src="));
        assertFalse(page.contains("<link"));
        assertFalse(page.contains("@import"));
        assertEquals(2, page.split("<script", -1).length - 1);
    }

    @Test
    void thePageTellsTheWholeStory() throws IOException {
        ExperimentResult result = Samples.protocols(3);
        String page = page(result);
        assertTrue(page.contains(result.question()));
        assertTrue(page.contains("powerLoss(PMU) ≤ 1"));
        assertTrue(page.contains("./cairn replay persist-methods --seed 1"));
        assertTrue(page.contains("answers/seed-1.txt"));
        assertTrue(page.contains("checkpoint 41 was acknowledged"));
        assertTrue(page.contains("seeds: 1..12\n"));
        assertTrue(page.contains(result.command()));
        assertTrue(page.contains("NVMe without protection violates DUR"));
        assertTrue(page.contains("<dt>DUR</dt><dd>What was acknowledged is restored"));
    }

    @Test
    void nothingThatComesFromElsewhereIsTakenForMarkup() throws IOException {
        ExperimentResult result = nasty();
        String page = page(result);
        assertEquals(2, page.split("<script", -1).length - 1);
        assertEquals(2, page.split("</script", -1).length - 1);
        assertFalse(page.contains("\u0000"));
        assertTrue(
                page.contains(
                        "&lt;script&gt;alert(&#39;&quot;x&quot;&#39;)&lt;/script&gt;&amp;amp;"));
        assertTrue(page.contains("ü 文"));
    }

    @Test
    void whatIsNotThereIsNotDrawn() throws IOException {
        assertEquals(List.of(), ExperimentPlots.of(Samples.experiment()));
        assertEquals(List.of(), ExperimentPlots.of(Samples.experiment(Samples.bare("none", 3))));
        assertTrue(page(Samples.experiment()).contains("0 trials of 0 variants"));
        assertTrue(page(Samples.experiment(Samples.bare("none", 0))).contains("inconclusive"));
    }

    @Test
    void oneTrialIsReportedWithoutIntervals() throws IOException {
        ExperimentResult result = Samples.protocols(1);
        assertTrue(page(result).contains("no interval"));
        assertTrue(names(result).contains("compare-request-p50"));
    }

    @Test
    void aTrialWithoutFaultsAndRecoveriesStillHasItsLatencyAndThroughput() {
        VariantResult whole = Samples.protocols(1).variants().getFirst();
        TrialResult t = whole.trials().getFirst();
        var calm =
                new TrialResult(
                        1,
                        t.digest(),
                        t.virtualNanos(),
                        t.counts(),
                        t.properties(),
                        t.requestLatency(),
                        DurationHistogram.EMPTY,
                        DurationHistogram.EMPTY,
                        t.throughput(),
                        List.of(),
                        t.breakdown(),
                        t.replay());
        var variant = new VariantResult("calm", whole.settings(), "", "", List.of(calm));
        assertEquals(
                List.of("latency-cdf", "latency-percentiles", "throughput", "breakdown"),
                names(Samples.experiment(variant)));
    }

    @Test
    void aSweptSettingBecomesTheAxisOfACurvePerOtherSetting() {
        Plot plot = plot(Samples.sweep(), "sweep-size-checkpoint-p50");
        assertEquals(
                List.of("write", "write + flush", "two-sided"),
                plot.legend().stream().map(Plot.Key::label).toList());
        assertTrue(plot.x().logarithmic());
        assertTrue(plot.caption().contains("5 trials per variant"));
    }

    @Test
    void variantsThatMetTheSameFaultsShareTheirThroughputPlot() {
        List<VariantResult> three = Samples.protocols(1).variants().subList(0, 3);
        Plot plot = plot(Samples.experiment(three.toArray(VariantResult[]::new)), "throughput");
        assertEquals(3, plot.legend().size());
        assertEquals(2, plot.marks().stream().filter(Mark.Rule.class::isInstance).count());
    }

    @Test
    void aLastBucketThatTheRunDidNotFillIsNotShownAsADent() {
        VariantResult whole = Samples.protocols(1).variants().getFirst();
        TrialResult t = whole.trials().getFirst();
        var cut =
                new TrialResult(
                        1,
                        t.digest(),
                        25,
                        t.counts(),
                        List.of(),
                        DurationHistogram.EMPTY,
                        DurationHistogram.EMPTY,
                        DurationHistogram.EMPTY,
                        new Throughput(10, new long[] {7, 7, 3}, 25),
                        List.of(),
                        Breakdown.NONE,
                        t.replay());
        var variant = new VariantResult("cut", whole.settings(), "", "", List.of(cut));
        Plot plot = plot(Samples.experiment(variant), "throughput");
        assertEquals(
                List.of(List.of(new Point(5, 7e8), new Point(15, 7e8))),
                plot.marks().stream().map(mark -> ((Mark.Curve) mark).points()).toList());
    }

    @Test
    void aRunOfMillisecondsDoesNotShareAnAxisWithOneOfSeconds() {
        VariantResult quick = course("quick", 10_000);
        VariantResult slow = course("slow", 10_000_000);
        VariantResult alike = course("alike", 20_000);
        List<Plot> plots = ExperimentPlots.of(Samples.experiment(quick, slow, alike));
        assertEquals(
                List.of("Throughput over time: quick, alike", "Throughput over time: slow"),
                plots.stream().map(Plot::title).filter(t -> t.startsWith("Throughput")).toList());
        assertEquals(100, plots.get(0).x().high(), 1e-9);
        assertEquals("Latency over time: quick, alike", plots.get(1).title());
        assertTrue(plots.get(1).x().title().contains("µs"));
    }

    /** A run of five buckets, the third of which answered nothing. */
    private static VariantResult course(String label, long bucketNanos) {
        TrialResult bare = Samples.bare(label, 1).trials().getFirst();
        var trial =
                new TrialResult(
                        1,
                        "0",
                        5 * bucketNanos,
                        bare.counts(),
                        List.of(),
                        DurationHistogram.EMPTY,
                        DurationHistogram.EMPTY,
                        DurationHistogram.EMPTY,
                        new Throughput(
                                bucketNanos,
                                new long[] {4, 4, 0, 4, 4},
                                new long[] {50, 50, -1, 90, 50},
                                new long[] {60, 60, -1, 900, 60},
                                5 * bucketNanos),
                        List.of(),
                        Breakdown.NONE,
                        bare.replay());
        return new VariantResult(label, new LinkedHashMap<>(), "", "", List.of(trial));
    }

    @Test
    void whereNothingWasAnsweredLatencyHasAGap() {
        Plot plot = plot(Samples.experiment(course("one", 1000)), "latency-over-time");
        assertEquals(
                List.of("worst", "mean"), plot.legend().stream().map(Plot.Key::label).toList());
        List<Point> worst = ((Mark.Curve) plot.marks().getFirst()).points();
        assertEquals(5, worst.size());
        assertTrue(Double.isNaN(worst.get(2).y()));
        assertEquals(900, worst.get(3).y());
    }

    @Test
    void twoSweptSettingsBecomeAMapInTheOrderOfTheirSizes() {
        Plot plot = plot(Samples.sweep(), "map-checkpoint-p50");
        assertEquals(
                Stream.of("64 B", "512 B", "4 KiB", "32 KiB", "256 KiB", "2 MiB")
                        .map(size -> "size " + size)
                        .toList(),
                plot.y().names());
        assertEquals(List.of("write", "write + flush", "two-sided"), plot.x().names());
        List<Mark.Cell> cells = plot.marks().stream().map(Mark.Cell.class::cast).toList();
        assertEquals(18, cells.size());
        assertEquals(0, cells.stream().mapToDouble(Mark.Cell::share).min().orElse(9), 1e-12);
        assertEquals(1, cells.stream().mapToDouble(Mark.Cell::share).max().orElse(9), 1e-12);
        assertTrue(cells.stream().allMatch(cell -> cell.note().contains(" to ")));
    }

    /**
     * Each time may be a visit to the disk: once for what all come to, and once for each of two
     * files.
     */
    @Test
    void eachTrialIsAskedForThreeTimes() throws IOException {
        List<TrialResult> trials = Samples.protocols(6).variants().getFirst().trials();
        var asked = new AtomicInteger();
        List<TrialResult> counted =
                new AbstractList<>() {
                    @Override
                    public TrialResult get(int place) {
                        asked.incrementAndGet();
                        return trials.get(place);
                    }

                    @Override
                    public int size() {
                        return trials.size();
                    }
                };
        var variant = new VariantResult("counted", new LinkedHashMap<>(), "", "", counted);
        Report.write(Samples.experiment(variant), folder.resolve("counted"));
        assertEquals(3 * trials.size(), asked.get());
    }

    @Test
    void moreCurvesThanCanBeToldApartArePartedAmongPlots() {
        ExperimentResult crowded = Samples.crowded();
        for (String method : List.of("write", "two-sided")) {
            Plot plot = plot(crowded, "sweep-settings-size-checkpoint-p50-" + method);
            assertEquals(
                    IntStream.rangeClosed(1, 8).mapToObj(clients -> "clients " + clients).toList(),
                    plot.legend().stream().map(Plot.Key::label).toList());
            assertTrue(plot.title().endsWith(method), plot.title());
            assertEquals("size (KiB)", plot.x().title());
        }
    }

    @Test
    void whatTheorySaysIsDrawnIntoItsSweepAlone() {
        ExperimentResult swept = Samples.sweep();
        var theory =
                new Prediction(
                        "line rate",
                        "size",
                        Measure.CHECKPOINT_P50,
                        List.of(new Point(64, 1600), new Point(2_097_152, 190_000)),
                        OptionalDouble.of(4096));
        var told =
                new ExperimentResult(
                        swept.name(),
                        swept.question(),
                        swept.finding(),
                        swept.version(),
                        swept.command(),
                        swept.file(),
                        swept.variants(),
                        swept.expectations(),
                        List.of(theory));
        Plot plot = plot(told, "sweep-size-checkpoint-p50");
        assertEquals(new Mark.Rule(4096, "line rate"), plot.marks().getFirst());
        assertEquals("line rate", plot.legend().getLast().label());
        assertTrue(plot.caption().contains("what theory says (line rate)"), plot::caption);
        assertFalse(plot(told, "sweep-size-request-p50").caption().contains("theory"));
    }

    /** Two dashed curves in one grey: nobody could say which was of which. */
    @Test
    void whatTheorySaysOfEachCurveHasItsColour() {
        ExperimentResult swept = Samples.sweep();
        var curve = List.of(new Point(64, 1600), new Point(2_097_152, 190_000));
        List<String> labels =
                plot(swept, "sweep-size-checkpoint-p50").legend().stream()
                        .map(Plot.Key::label)
                        .toList();
        List<Prediction> theory =
                Stream.of(1, 0)
                        .map(number ->
                                new Prediction(
                                        "line rate, " + labels.get(number),
                                        "size",
                                        Measure.CHECKPOINT_P50,
                                        curve,
                                        OptionalDouble.empty()))
                        .toList();
        var told =
                new ExperimentResult(
                        swept.name(),
                        swept.question(),
                        swept.finding(),
                        swept.version(),
                        swept.command(),
                        swept.file(),
                        swept.variants(),
                        swept.expectations(),
                        theory);
        Plot plot = plot(told, "sweep-size-checkpoint-p50");
        assertTrue(plot.caption().contains("in the colour of what it is of"), plot::caption);
        List<Plot.Key> keys = plot.legend();
        for (int number = 0; number < 2; number++) {
            Plot.Key of = keys.get(keys.size() - 1 - number);
            assertEquals("line rate, " + labels.get(number), of.label());
            Style style = ((Plot.SeriesKey) of).style();
            assertEquals(Style.of(number).color(), style.color());
            assertEquals(Style.reference().dash(), style.dash());
            assertTrue(style.number() < Style.reference().number(), of::toString);
        }
    }

    @Test
    void theFrontJoinsWhatIsBeatenByNothing() {
        Plot plot = plot(Samples.protocols(3), "pareto");
        List<Point> front = ((Mark.Curve) plot.marks().getFirst()).points();
        for (int i = 1; i < front.size(); i++) {
            assertTrue(front.get(i).x() >= front.get(i - 1).x());
            assertTrue(front.get(i).y() <= front.get(i - 1).y());
        }
        assertEquals(6, plot.legend().size());
    }

    @Test
    void everyCaptionSaysHowManyObservationsThereAre() {
        for (Plot plot : ExperimentPlots.of(Samples.protocols(4))) {
            assertTrue(
                    plot.caption().contains("n = ") || plot.caption().contains("trials"),
                    plot::caption);
        }
    }

    private static ExperimentResult nasty() {
        var settings = new LinkedHashMap<String, String>();
        settings.put(NASTY, NASTY);
        VariantResult whole = Samples.protocols(1).variants().get(4);
        TrialResult t = whole.trials().getFirst();
        var trial =
                new TrialResult(
                        1,
                        NASTY,
                        t.virtualNanos(),
                        t.counts(),
                        List.of(new PropertyOutcome(NASTY, Finding.VIOLATED, 1, NASTY)),
                        t.requestLatency(),
                        t.checkpointLatency(),
                        t.recovery(),
                        t.throughput(),
                        List.of(new FaultMark(7, NASTY), new FaultMark(8, "")),
                        t.breakdown(),
                        new Replay(NASTY, Optional.of(NASTY)));
        return new ExperimentResult(
                NASTY,
                NASTY,
                Finding.VIOLATED,
                NASTY,
                NASTY,
                NASTY,
                List.of(
                        new VariantResult(NASTY, settings, NASTY, NASTY, List.of(trial)),
                        new VariantResult("", settings, NASTY, NASTY, List.of(trial))),
                List.of(new Expectation(NASTY, Finding.VIOLATED, NASTY)));
    }

    private static Plot plot(ExperimentResult result, String name) {
        return ExperimentPlots.of(result).stream()
                .filter(plot -> plot.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(ExperimentResult result) {
        return ExperimentPlots.of(result).stream().map(Plot::name).toList();
    }

    private String page(ExperimentResult result) throws IOException {
        return Files.readString(Report.write(result, folder.resolve("page")));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
