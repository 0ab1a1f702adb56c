package cairn.report;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class LookTest {
    @Test
    void look() throws Exception {
        for (var result : java.util.List.of(Samples.protocols(12), Samples.sweep())) {
            Path folder = Files.createDirectories(Path.of("/tmp/look/" + result.name()));
            Report.write(result, folder);
            System.out.print(Summary.text(result));
        }
    }
}
