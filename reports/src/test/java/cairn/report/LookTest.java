package cairn.report;

import cairn.report.plot.Images;
import cairn.report.plot.Plot;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class LookTest {
    @Test
    void look() throws Exception {
        for (var result : java.util.List.of(Samples.protocols(12), Samples.sweep())) {
            Path folder = Files.createDirectories(Path.of("/tmp/look/" + result.name()));
            for (Plot plot : ExperimentPlots.of(result)) {
                Files.write(folder.resolve(plot.name() + ".png"), Images.png(plot));
                Files.writeString(folder.resolve(plot.name() + ".svg"), Images.svg(plot));
            }
        }
    }
}
