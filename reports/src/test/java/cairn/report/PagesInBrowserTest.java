package cairn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cairn.report.browser.Browser;
import cairn.report.trace.Runs;
import cairn.report.trace.TracePage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Both pages in a real browser; skipped where there is none. */
final class PagesInBrowserTest {

    /** More than a run of the first experiment has. */
    private static final int MANY = 100_000;

    @TempDir private Path folder;

    @Test
    void theReportZoomsTogglesNamesAndSorts() throws IOException, InterruptedException {
        Path page = Report.write(Samples.protocols(6), folder.resolve("report"));
        try (Browser browser = browser()) {
            browser.open(page);
            shoot(browser, "report");
            assertEquals(
                    Integer.toString(ExperimentPlots.of(Samples.protocols(6)).size()),
                    browser.run("document.querySelectorAll('.stage > svg').length"));
            zoomsAndNames(browser);
            toggles(browser);
            sorts(browser);
        }
    }

    private static void zoomsAndNames(Browser browser) throws InterruptedException {
        String figure = "document.querySelector('figure[data-plot=\"latency-cdf\"]')";
        browser.run(figure + ".scrollIntoView()");
        double[] box =
                Browser.numbers(
                        browser.run(
                                "(b => [b.x, b.y, b.width, b.height].join())("
                                        + figure
                                        + ".querySelector('.frame').getBoundingClientRect())"));
        double middle = box[1] + box[3] / 2;
        // The curves are in the middle somewhere: one of these places is near enough to one.
        for (double part = 0.05; part < 1; part += 0.02) {
            browser.mouse("mouseMoved", box[0] + part * box[2], middle);
            if (browser.run(figure + ".querySelector('.tip')?.hidden").equals("false")) {
                break;
            }
        }
        String tip = browser.run(figure + ".querySelector('.tip').textContent");
        assertTrue(tip.contains("s") && tip.contains("%"), tip);
        String ticks = browser.run(figure + ".querySelector('.stage svg').textContent");
        browser.mouse("mouseMoved", box[0] + 0.2 * box[2], middle);
        browser.mouse("mousePressed", box[0] + 0.2 * box[2], middle);
        browser.mouse("mouseMoved", box[0] + 0.4 * box[2], middle);
        browser.mouse("mouseReleased", box[0] + 0.4 * box[2], middle);
        assertNotEquals(ticks, browser.run(figure + ".querySelector('.stage svg').textContent"));
        assertEquals("false", browser.run(figure + ".querySelector('.reset').hidden"));
        browser.run(figure + ".querySelector('.reset').click()");
        assertEquals(ticks, browser.run(figure + ".querySelector('.stage svg').textContent"));
        browser.run(figure + ".querySelector('.data').click()");
        int rows =
                Integer.parseInt(browser.run(figure + ".querySelectorAll('.figures tr').length"));
        assertTrue(rows > 100, () -> "rows: " + rows);
    }

    private static void toggles(Browser browser) throws InterruptedException {
        String figure = "document.querySelector('figure[data-plot=\"latency-cdf\"]')";
        String curves = figure + ".querySelectorAll('.curve').length";
        assertEquals("6", browser.run(curves));
        browser.run(figure + ".querySelector('.legend button').click()");
        assertEquals("5", browser.run(curves));
        assertEquals(
                "false",
                browser.run(
                        figure
                                + ".querySelector('.legend"
                                + " button').getAttribute('aria-pressed')"));
    }

    private static void sorts(Browser browser) throws InterruptedException {
        String table = "document.querySelector('table.sortable')";
        String column =
                "[..." + table + ".tBodies[0].rows].map(r => Number(r.cells[3].dataset.v)).join()";
        double[] before = Browser.numbers(browser.run(column));
        browser.run(table + ".tHead.rows[0].cells[3].querySelector('button').click()");
        double[] sorted = before.clone();
        Arrays.sort(sorted);
        assertEquals(
                Arrays.toString(sorted), Arrays.toString(Browser.numbers(browser.run(column))));
        browser.run(table + ".tHead.rows[0].cells[3].querySelector('button').click()");
        assertEquals(sorted[0], Browser.numbers(browser.run(column))[before.length - 1]);
        browser.run(table + ".tHead.rows[0].cells[3].querySelector('button').click()");
        assertEquals(
                Arrays.toString(before), Arrays.toString(Browser.numbers(browser.run(column))));
    }

    @Test
    void aTraceOpensAtItsViolationAndIsWalkedThrough() throws IOException, InterruptedException {
        long violatedAt = 60_500;
        Path file = folder.resolve("trace.html");
        Files.writeString(file, page(violatedAt).html(Runs.of(2_000)));
        try (Browser browser = browser()) {
            browser.open(file);
            shoot(browser, "trace");
            double[] shown =
                    Browser.numbers(browser.run("[cairn.state.from, cairn.state.to].join()"));
            assertTrue(shown[0] < violatedAt && violatedAt < shown[1], Arrays.toString(shown));
            assertTrue(shown[1] - shown[0] < 10_000, Arrays.toString(shown));
            int chosen = Integer.parseInt(browser.run("cairn.state.chosen"));
            assertTrue(Double.parseDouble(browser.run("cairn.time(" + chosen + ")")) <= violatedAt);

            browser.key("ArrowRight");
            assertEquals(Integer.toString(chosen + 1), browser.run("cairn.state.chosen"));
            browser.run("cairn.find('FAULT crash')");
            browser.key("n");
            assertEquals("FAULT crash", browser.run("cairn.text(cairn.state.chosen)").strip());

            browser.run("cairn.follow(cairn.threads.indexOf('request 3 of client-2'))");
            assertEquals("5", browser.run("cairn.state.marked.size"));
            double[] spot =
                    Browser.numbers(
                            browser.run(
                                    "(b => cairn.spot([...cairn.state.marked][2])"
                                            + ".map((v, i) => v + [b.x, b.y][i]).join())("
                                            + "document.getElementById('chart')"
                                            + ".getBoundingClientRect())"));
            browser.click(spot[0], spot[1]);
            assertTrue(browser.run("document.querySelector('aside').innerText").contains("from"));
            shoot(browser, "trace-follow");
        }
    }

    @Test
    void aHundredThousandEventsStayFluid() throws IOException, InterruptedException {
        Path file = folder.resolve("long.html");
        Files.writeString(file, page(-1).html(Runs.of(MANY)));
        try (Browser browser = browser()) {
            browser.open(file);
            shoot(browser, "trace-long");
            double[] frames = Browser.numbers(browser.run("cairn.frames(90).join()"));
            Arrays.sort(frames);
            double median = frames[frames.length / 2];
            System.out.printf(
                    "%,d events: a frame takes %.1f ms in the median and %.1f ms at most%n",
                    MANY, median, frames[frames.length - 1]);
            // A frame of the whole must not look at things one by one: without levels of detail it
            // takes seconds. The bound is wide, for the machine may be busy.
            assertTrue(median < 400, () -> "median frame: " + median + " ms");
        }
    }

    private static TracePage page(long violatedAt) {
        return new TracePage(
                "a run",
                "./cairn replay x.yaml --view",
                List.of(
                        new PropertyOutcome(
                                "DUR",
                                violatedAt < 0 ? Finding.HOLDS : Finding.VIOLATED,
                                1,
                                violatedAt < 0 ? "" : "checkpoint 41 is gone")),
                violatedAt);
    }

    /** Kept where somebody wants to look at them. */
    private static void shoot(Browser browser, String name)
            throws IOException, InterruptedException {
        String kept = System.getenv("CAIRN_SCREENSHOTS");
        byte[] picture = browser.screenshot();
        assertTrue(picture.length > 5_000, "the page is empty");
        if (kept != null) {
            Files.write(Files.createDirectories(Path.of(kept)).resolve(name + ".png"), picture);
        }
    }

    private Browser browser() throws IOException, InterruptedException {
        String program = Browser.found().orElse("");
        assumeTrue(
                !program.isEmpty(),
                "no Chromium on the path: install one, or name it in CAIRN_BROWSER");
        return Browser.start(
                program, folder.resolve("profile"), System.getenv("CAIRN_DARK") != null);
    }
}
