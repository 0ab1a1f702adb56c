package cairn.experiment.reference;

import cairn.experiment.file.Form;
import cairn.experiment.file.Key;

import java.util.ArrayList;
import java.util.List;

/**
 * A key with its way from the root of a file: {@code environment.disk.sync}.
 *
 * @param where what it depends on, such as "protocol: rdma-pmem"; empty if it is always there
 */
public record Entry(String path, String where, Key key) {

    /** All keys of a file, with those below them, in order. */
    public static List<Entry> all(List<Key> keys) {
        var all = new ArrayList<Entry>();
        keys.forEach(key -> add("", "", key, all));
        return all;
    }

    private static void add(String above, String where, Key key, List<Entry> all) {
        String path = above + key.name();
        all.add(new Entry(path, where, key));
        // What a variant may have is what the file may have.
        if (path.equals("variants")) {
            return;
        }
        below(path + ".", where, key.form(), all);
    }

    private static void below(String above, String where, Form form, List<Entry> all) {
        switch (form) {
            case Form.Depends(List<Form.Case> cases) -> {
                for (Form.Case each : cases) {
                    String there = each.on() + ": " + each.word();
                    each.section().keys().forEach(key -> add(above, there, key, all));
                }
            }
            case Form.Section _, Form.One _, Form.Paths _ ->
                    form.keys().forEach(key -> add(above, where, key, all));
            case Form.Several(Form each) -> below(above, where, each, all);
            case Form.Either(List<Form> forms) ->
                    forms.forEach(each -> below(above, where, each, all));
            // Nothing has keys below it.
            case Form.Amount _,
                    Form.Word _,
                    Form.Switch _,
                    Form.Text _,
                    Form.Law _,
                    Form.Anything _ -> {}
        }
    }

    /** The last part of the path. */
    public String name() {
        return key.name();
    }
}
