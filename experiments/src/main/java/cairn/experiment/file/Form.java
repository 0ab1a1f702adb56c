package cairn.experiment.file;

import java.util.List;

/** What may stand behind a key of an experiment file. */
public sealed interface Form {

    /** What it is, for people: "a duration, such as '5 us'". */
    String words();

    /** The keys below it; none if it is no mapping. */
    default List<Key> keys() {
        return List.of();
    }

    /** An amount with its unit. */
    record Amount(Dimension dimension) implements Form {
        @Override
        public String words() {
            List<String> units =
                    dimension.units().stream().filter(unit -> !unit.isEmpty()).toList();
            return dimension.words()
                    + ", such as '"
                    + dimension.example()
                    + "'"
                    + (units.size() < 2 ? "" : " (units: " + String.join(", ", units) + ")");
        }
    }

    /** One of some words. */
    record Word(List<String> choices) implements Form {
        public Word {
            choices = List.copyOf(choices);
        }

        @Override
        public String words() {
            return String.join(" | ", choices);
        }
    }

    /** On or off. */
    record Switch() implements Form {
        @Override
        public String words() {
            return "on | off";
        }
    }

    /** A duration, or a law of durations. */
    record Law() implements Form {
        @Override
        public String words() {
            return "a duration, or a law: {least: 1 us, most: 5 us}, {mean: 5 us, floor: 1 us},"
                    + " {median: 2 us, floor: 8 us, tail: 9} or {measured: [8 us, 9 us, 40 us]}";
        }
    }

    /** Text that has a form of its own, in words and as a regular expression. */
    record Text(String words, String pattern) implements Form {}

    /** A mapping with these keys and no others. */
    record Section(List<Key> keys) implements Form {
        public Section {
            keys = List.copyOf(keys);
        }

        @Override
        public String words() {
            return "a mapping";
        }
    }

    /** A mapping whose keys depend on another key: settings on the protocol, or on the model. */
    record Depends(List<Case> cases) implements Form {
        public Depends {
            cases = List.copyOf(cases);
        }

        @Override
        public String words() {
            return "a mapping that depends on "
                    + String.join(
                            " or ",
                            cases.stream().map(each -> "'" + each.on() + "'").distinct().toList());
        }
    }

    /** What a mapping holds if another key has a value. */
    record Case(String on, String word, Section section) {}

    /** A mapping with exactly one key of some, as a service is named and set up. */
    record One(List<Key> keys) implements Form {
        public One {
            keys = List.copyOf(keys);
        }

        @Override
        public String words() {
            return "a mapping with one of its keys";
        }
    }

    /** A mapping whose keys are paths into the file, and some with a meaning of their own. */
    record Paths(List<String> sections, Form values, List<Key> keys) implements Form {
        public Paths {
            sections = List.copyOf(sections);
            keys = List.copyOf(keys);
        }

        @Override
        public String words() {
            return "a mapping from paths, such as 'settings.persist', to " + values.words();
        }
    }

    /** One or a list of them. */
    record Several(Form each) implements Form {
        @Override
        public String words() {
            return each.words() + "; or a list of them";
        }

        @Override
        public List<Key> keys() {
            return each.keys();
        }
    }

    /** One form or another. */
    record Either(List<Form> forms) implements Form {
        public Either {
            forms = List.copyOf(forms);
        }

        @Override
        public String words() {
            return String.join("; or ", forms.stream().map(Form::words).toList());
        }

        @Override
        public List<Key> keys() {
            return forms.stream().flatMap(form -> form.keys().stream()).toList();
        }
    }

    /** Whatever the key that is meant takes. */
    record Anything(String words) implements Form {}
}
