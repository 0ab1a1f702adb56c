package cairn.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cairn.experiment.file.YamlValue.Mapping;

import org.junit.jupiter.api.Test;

import java.util.List;

class YamlReaderTest {

    private static String mistake(String text) {
        return String.valueOf(
                assertThrows(UserMistake.class, () -> YamlReader.read("a.yaml", text))
                        .getMessage());
    }

    @Test
    void everyKeyAndValueKnowsItsPlace() {
        Mapping root =
                YamlReader.read("a.yaml", "name: x\nlist:\n  - on\n  - {key: 5 ms}\n")
                        .mapping("it");
        assertEquals(new Place("a.yaml", 1, 7), root.entries().getFirst().value().place());
        YamlValue item = root.get("list").orElseThrow().items().get(1);
        assertEquals(new Place("a.yaml", 4, 5), item.place());
        assertEquals("a.yaml:4:6", item.mapping("it").entries().getFirst().place().toString());
        assertEquals("[on, {key: 5 ms}]", root.get("list").orElseThrow().written());
    }

    @Test
    void aKeyThatStandsTwiceIsRefusedAtItsSecondPlace() {
        assertEquals(
                "a.yaml:3:1: 'name' stands twice; first in line 1",
                mistake("name: x\nseeds: 1\nname: y\n"));
    }

    @Test
    void whatIsNotYamlIsRefusedInOneLine() {
        assertEquals(
                "a.yaml:2:3: this is not YAML: mapping values are not allowed here; is it"
                        + " indented too far, or a ':' missing above?",
                mistake("a: b\n c: d\n"));
        assertEquals(
                "a.yaml:4:3: this is not YAML: expected <block end>, but found '?';"
                        + " is it indented like the lines above that belong with it?",
                mistake("a:\n  - b: 1\n    c: 2\n  d: 3\n"));
        assertEquals(
                "a.yaml:2:1: this is not YAML: found character '\\t(TAB)' that cannot start any"
                        + " token. (Do not use \\t(TAB) for indentation); indent with spaces",
                mistake("a:\n\tb: 1\n"));
        assertEquals(
                "a.yaml:4:1: this is not YAML: could not find expected ':'; is one missing here or"
                        + " in a line above?",
                mistake("name: x\nquestion\n\nprotocol: x\n"));
        assertEquals("a.yaml:1:1: the file is empty", mistake("# nothing\n"));
        assertEquals(
                "a.yaml:2:4: aliases are not read here; write the value itself",
                mistake("a: 1\nb: *x\n"));
        for (String anchored :
                List.of("a: 1\nb: &x 2\n", "a: 1\nb: &x\n  - c\n", "a: 1\nb: &x {c: d}\n")) {
            assertEquals("a.yaml:2:4: anchors are not read here; leave it away", mistake(anchored));
        }
        assertEquals("a.yaml:1:1: anchors are not read here; leave it away", mistake("&x a: 1\n"));
        assertEquals(
                "a.yaml:3:1: a second document begins; a file holds one experiment",
                mistake("a: b\n---\nc: d\n"));
    }
}
