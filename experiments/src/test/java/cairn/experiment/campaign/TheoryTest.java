package cairn.experiment.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Shipped;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.ModelReader;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.interval.CheckpointInterval;
import cairn.experiment.models.Models;
import cairn.report.ExperimentResult;
import cairn.report.Measure;
import cairn.report.Prediction;
import cairn.report.VariantResult;
import cairn.report.plot.Point;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What theory says of the interval is drawn where the interval is swept, and fits where it should.
 */
class TheoryTest {

    private static final double HOUR = 3.6e12;

    @TempDir private Path folder = Path.of("");

    private ExperimentResult run(String text) throws IOException {
        Path file = folder.resolve("x.yaml");
        Files.writeString(file, text);
        Experiment experiment =
                new ExperimentReader(
                                new ModelReader(
                                        Models.all(), new ScenarioReader(Shipped.catalogue())))
                        .read(file, "x.yaml", List.of());
        try (Journal journal = Journal.begin(folder.resolve(Journal.FILE), experiment, "1")) {
            var campaign = new Campaign(experiment, 1, Progress.SILENT, journal, Shard.WHOLE);
            campaign.run();
            return campaign.results(List.of()).result("1", "./cairn run x");
        }
    }

    @Test
    void aModelIsPredictedFromItsSettingsAndAgrees() throws IOException {
        ExperimentResult result =
                run(
                        """
                        name: x
                        question: Where is the optimum?
                        model: checkpoint-restart
                        settings: {work: 500 h, checkpoint: 5 min, restart: 10 min, rule: given, mtbf: 6 h}
                        sweep: {settings.interval: [15 min, 1 h, 4 h]}
                        seeds: 1..60
                        """);
        assertEquals(1, result.predictions().size());
        Prediction daly = result.predictions().getFirst();
        assertEquals("Daly 2006", daly.label());
        assertEquals("settings.interval", daly.setting());
        double best = CheckpointInterval.daly(HOUR / 12, 6 * HOUR);
        assertEquals(best, daly.optimum().orElseThrow(), 1e-9 * best);
        // The ends of the curve are the ends of the sweep.
        VariantResult shortest = result.variants().getFirst();
        VariantResult longest = result.variants().getLast();
        Point first = daly.curve().getFirst();
        assertEquals(HOUR / 4, first.x(), 1);
        assertEquals(Measure.OVERHEAD.estimate(shortest).orElseThrow().value(), first.y(), 0.01);
        assertEquals(
                Measure.OVERHEAD.estimate(longest).orElseThrow().value(),
                daly.curve().getLast().y(),
                0.02);
    }

    @Test
    void aSettingInProportionToTheIntervalHasItsCurvesToo() throws IOException {
        ExperimentResult result =
                run(
                        """
                        name: x
                        question: Where is the optimum?
                        model: checkpoint-restart
                        settings: {work: 50 h, rule: exact}
                        sweep:
                          settings.mtbf: [24 h, 6 h]
                          settings.times: [0.5, 1, 2]
                        seeds: 1..2
                        """);
        assertEquals(
                List.of("Daly 2006, 24 h", "Daly 2006, 6 h"),
                result.predictions().stream().map(Prediction::label).toList());
        result.predictions()
                .forEach(prediction -> {
                    assertEquals("settings.times", prediction.setting());
                    assertEquals(1, prediction.optimum().orElseThrow(), 0.01);
                });
    }

    @Test
    void aProtocolIsPredictedFromWhatWasMeasured() throws IOException {
        ExperimentResult result =
                run(
                        """
                        name: x
                        question: Where is the optimum?
                        application: {stencil: {ranks: 4, rows per rank: 4, columns: 16, iterations: 400, row: 5 us}}
                        protocol: coordinated
                        faults:
                          - {crash: rank-2, every: 4 ms on average, at most: 100, heal after: 300 us}
                        limits: {faults until: 200 ms}
                        sweep: {settings.interval: [0.25 ms, 1 ms, 4 ms]}
                        seeds: 1..8
                        """);
        Prediction daly = result.predictions().getFirst();
        for (int i = 0; i < 3; i += 2) {
            double simulated =
                    Measure.OVERHEAD.estimate(result.variants().get(i)).orElseThrow().value();
            double said = (i == 0 ? daly.curve().getFirst() : daly.curve().getLast()).y();
            assertTrue(said / simulated > 0.5 && said / simulated < 1.5, said + " " + simulated);
        }
        double optimum = daly.optimum().orElseThrow();
        assertTrue(optimum > 0.25e6 && optimum < 4e6, daly.toString());
    }
}
