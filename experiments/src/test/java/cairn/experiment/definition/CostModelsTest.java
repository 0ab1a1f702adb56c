package cairn.experiment.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Surroundings;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlReader;
import cairn.experiment.toy.Toy;
import cairn.simulator.Environment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

class CostModelsTest {

    private static final List<String> NAMES = CostModels.NAMES;

    private static Environment environment(String written) {
        return EnvironmentReader.read(YamlReader.read("test", written).mapping("an environment"));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void aModelIsReadByItsNameAndSaysWhereItsFiguresAreFrom(String name) {
        assertEquals(environment("model: " + name), environment("{model: " + name + "}"));
        assertTrue(CostModels.text(name).contains("default, unverified"), name);
    }

    @Test
    void eachFileInTheFolderHasAName() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("models"))) {
            var found = new TreeSet<String>();
            files.forEach(file -> found.add(file.getFileName().toString()));
            assertEquals(new TreeSet<>(NAMES.stream().map(name -> name + ".yaml").toList()), found);
        }
    }

    @Test
    void theFirstIsWhatExperimentsHaveThatSayNothing() {
        assertEquals(Surroundings.DEFAULT, environment("model: rdma-100g-pmem"));
    }

    @Test
    void whatAFileSaysIsLaidOverTheModel() {
        Environment changed = environment("{model: cloud-vm, cpu: {fault: 9 us}, disk: disk}");
        Environment model = environment("{model: cloud-vm}");
        assertEquals(9_000, changed.cpu().faultNanos());
        assertEquals(model.cpu().copyOnWriteNanos(), changed.cpu().copyOnWriteNanos());
        assertEquals(
                Surroundings.DEFAULT.network().bytesPerNano() / 2, model.network().bytesPerNano());
        assertEquals(Surroundings.DISKS.get("disk"), changed.disk());
    }

    @Test
    void aModelMayBeSweptAndOneThatIsNotThereHasASuggestion() {
        String head = "name: x\nquestion: What?\nprotocol: forgetful\n";
        assertEquals(
                List.of("tengig-disk", "cloud-vm"),
                Toy.experiment(head + "sweep: {environment: [tengig-disk, cloud-vm]}")
                        .variants()
                        .stream()
                        .map(Variant::label)
                        .toList());
        assertEquals(
                "toy.yaml:4:14: unknown environment 'cloudvm'; did you mean 'cloud-vm'?",
                assertThrows(UserMistake.class, () -> Toy.experiment(head + "environment: cloudvm"))
                        .getMessage());
    }
}
