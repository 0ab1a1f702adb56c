package cairn.experiment.definition;

import cairn.experiment.file.Form;
import cairn.experiment.file.Key;

import java.util.ArrayList;
import java.util.List;

/** The keys that say what is compared: variants one by one, and sweeps. */
final class VariantReference {

    private VariantReference() {}

    static Form variants(List<Key> sections) {
        var keys = new ArrayList<Key>();
        keys.add(
                new Key(
                        "label",
                        new Form.Text("a short name", ".+"),
                        "",
                        "names the variant in tables and plots"));
        keys.addAll(sections);
        return new Form.Several(new Form.Section(keys));
    }

    static Form sweep(List<String> sections) {
        var values =
                new Form.Several(
                        new Form.Anything(
                                "values and ranges: '1..10 step 3', '1 us..1 ms times 10', '1"
                                        + " us..1 ms log 5'"));
        var tests =
                new Form.Several(
                        new Form.Paths(
                                sections,
                                new Form.Several(
                                        new Form.Anything(
                                                "values, or comparisons: 'below 5 us', 'at least"
                                                        + " 4 KiB'")),
                                List.of()));
        return new Form.Paths(
                sections,
                values,
                List.of(
                        new Key(
                                Sweep.ZIP,
                                new Form.Several(new Form.Paths(sections, values, List.of())),
                                "",
                                "keys whose values go together, the first with the first"),
                        new Key(
                                Sweep.ONLY,
                                tests,
                                "",
                                "which combinations are looked at: those that one item fits"),
                        new Key(
                                Sweep.EXCEPT,
                                tests,
                                "",
                                "which combinations are left out: those that one item fits")));
    }
}
