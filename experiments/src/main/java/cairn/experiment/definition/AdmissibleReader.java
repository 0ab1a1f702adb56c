package cairn.experiment.definition;

import cairn.experiment.file.Dimension;
import cairn.experiment.file.Fields;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.fault.Admissible;
import cairn.model.fault.FaultKind;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;

/** Reads what a run may suffer: {@code {power loss: 1, process crash: any}}. */
final class AdmissibleReader {

    private AdmissibleReader() {}

    /** The kinds of faults, as they are written. */
    static List<String> kinds() {
        return Arrays.stream(FaultKind.values()).map(AdmissibleReader::word).toList();
    }

    private static String word(FaultKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static Admissible read(Mapping mapping) {
        Fields.of(mapping, "'admissible'", kinds());
        var most = new EnumMap<FaultKind, Integer>(FaultKind.class);
        for (Entry entry : mapping.entries()) {
            most.put(kind(entry.key()), count(entry));
        }
        return new Admissible(most);
    }

    private static FaultKind kind(String word) {
        return Arrays.stream(FaultKind.values())
                .filter(kind -> word(kind).equals(word))
                .findFirst()
                .orElseThrow();
    }

    private static int count(Entry entry) {
        if (entry.value().text("a number").equals("any")) {
            return Admissible.ANY;
        }
        long count = Fields.whole(entry.value(), entry.key(), Dimension.COUNT);
        if (count < 0 || count >= Admissible.ANY) {
            throw new UserMistake(
                    entry.value().place(),
                    "a number of faults is zero or more, or 'any': " + entry.value().written());
        }
        return (int) count;
    }
}
