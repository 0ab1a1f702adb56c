package cairn.experiment.definition;

import cairn.experiment.file.YamlReader;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Named cost models: environments that come as files ({@code experiments/models}), with the source
 * of each figure beside it.
 */
public final class CostModels {

    /** The names, the usual one first. */
    public static final List<String> NAMES =
            List.of("rdma-100g-pmem", "rdma-100g-nvme", "tengig-disk", "cloud-vm");

    private CostModels() {}

    /** The environment of a model whose name is known, as its file writes it. */
    static Mapping environment(String name) {
        return YamlReader.read(name + ".yaml", text(name))
                .mapping("a cost model")
                .get("environment")
                .map(YamlValue.class::cast)
                .orElseThrow()
                .mapping("'environment'");
    }

    /** The file of a model whose name is known. */
    public static String text(String name) {
        String file = "/cairn/experiment/models/" + name + ".yaml";
        try (InputStream in = CostModels.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the build has left out " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
