package cairn.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.experiment.file.YamlValue.Scalar;
import cairn.experiment.file.YamlValue.Sequence;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class YamlTextProperties {

    private static final Place NOWHERE = Place.outside("test");

    @Property(tries = 500)
    void whatIsWrittenIsReadAsTheSameValues(@ForAll("mappings") Mapping mapping) {
        String text = YamlText.of(mapping);
        YamlValue read = YamlReader.read("test", text).movedTo(NOWHERE);
        assertEquals(mapping, read, text);
        assertEquals(text, YamlText.of((Mapping) read));
    }

    @Provide
    Arbitrary<Mapping> mappings() {
        return mapping(3);
    }

    private static Arbitrary<Mapping> mapping(int depth) {
        return Arbitraries.maps(word(), value(depth - 1))
                .ofMaxSize(4)
                .map(entries -> mapping(new LinkedHashMap<>(entries)));
    }

    private static Mapping mapping(Map<String, YamlValue> entries) {
        var list = new ArrayList<Entry>();
        entries.forEach((key, value) -> list.add(new Entry(NOWHERE, key, value)));
        return new Mapping(NOWHERE, list);
    }

    private static Arbitrary<YamlValue> value(int depth) {
        Arbitrary<YamlValue> scalar = word().map(text -> new Scalar(NOWHERE, text));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<YamlValue> list =
                value(depth - 1).list().ofMaxSize(3).map(items -> new Sequence(NOWHERE, items));
        return Arbitraries.oneOf(scalar, list, mapping(depth).map(mapping -> (YamlValue) mapping));
    }

    private static Arbitrary<String> word() {
        return Arbitraries.oneOf(
                        Arbitraries.of(
                                List.of(
                                        "on",
                                        "null",
                                        "4 KiB",
                                        "1..9 step 2",
                                        "a -> b",
                                        "- x",
                                        "x: y",
                                        "x #y",
                                        "'",
                                        "{",
                                        "below 5 us",
                                        "What?",
                                        "ä\n\u2028")),
                        Arbitraries.strings().ofMinLength(1).ofMaxLength(8))
                .filter(text -> text.equals(text.strip()) && !text.isEmpty())
                // Half of a pair is no letter, and no file in UTF-8 can hold it.
                .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)));
    }
}
