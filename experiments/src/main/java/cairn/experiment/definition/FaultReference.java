package cairn.experiment.definition;

import cairn.experiment.catalogue.FaultForm;
import cairn.experiment.catalogue.Faults;
import cairn.experiment.file.Dimension;
import cairn.experiment.file.Form;
import cairn.experiment.file.Key;
import cairn.experiment.file.RecordForm;
import cairn.experiment.file.Setting;
import cairn.model.fault.LinkQuality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The keys of a fault in an experiment file. */
final class FaultReference {

    private static final Form ROLES =
            new Form.Several(
                    new Form.Text(
                            "a role of the protocol, such as 'primary', or for a link 'primary ->"
                                    + " pmu-1'",
                            ".+"));

    private FaultReference() {}

    static Form fault() {
        var keys = new ArrayList<Key>();
        for (FaultForm form : Faults.all()) {
            keys.add(new Key(form.name(), ROLES, "", form.description()));
        }
        String time = "^(" + Reference.AMOUNT + ")( on average)?$";
        keys.add(
                new Key(
                        "at",
                        new Form.Amount(Dimension.DURATION),
                        "",
                        "when it strikes, after the start"));
        keys.add(
                new Key(
                        "after",
                        new Form.Text(
                                "a moment that is counted: '3rd flush completion', '2nd boot of"
                                        + " primary' (moments: "
                                        + String.join(", ", TriggerReader.moments())
                                        + ")",
                                "[0-9_]+ *(st|nd|rd|th) .+"),
                        "",
                        "the moment right after which it strikes"));
        keys.add(
                new Key(
                        "every",
                        new Form.Text("a mean duration, such as '6 h on average'", time),
                        "",
                        "how often it strikes, at random, counted from the start and then from when"
                                + " it was healed: exponential unless a shape is given"));
        keys.add(
                new Key(
                        "shape",
                        new Form.Amount(Dimension.NUMBER),
                        "1",
                        "of the law, which is Weibull unless it is said; below 1 failures cluster,"
                                + " of a lognormal law above 1"));
        keys.add(
                new Key(
                        FailureLawReader.LAW,
                        new Form.Word(FailureLawReader.LAWS),
                        "exponential; weibull if a shape is given",
                        "of the time until it strikes, with that mean"));
        keys.add(
                new Key(
                        FailureLawReader.GAPS,
                        new Form.Either(
                                List.of(
                                        new Form.Several(new Form.Amount(Dimension.DURATION)),
                                        new Form.Section(List.of(gapsFile())))),
                        "",
                        "instead of 'every': times from a repair to the next failure that were"
                                + " seen, each drawn alike; listed, or in a file"));
        keys.add(
                new Key(
                        "spread",
                        new Form.Section(
                                List.of(
                                        new Key("to", ROLES, "", "where it may strike then"),
                                        new Key(
                                                "probability",
                                                new Form.Amount(Dimension.SHARE),
                                                "",
                                                "that it does, for each of them"),
                                        new Key(
                                                "within",
                                                new Form.Amount(Dimension.DURATION),
                                                "",
                                                "how long after the first at the most"))),
                        "",
                        "what a fault causes elsewhere: failures that are correlated"));
        keys.add(new Key(FailureLawReader.REPLAY, replay(), "", "failures as they were recorded"));
        keys.add(
                new Key(
                        "at most",
                        new Form.Amount(Dimension.COUNT),
                        "1",
                        "how often it strikes at random"));
        keys.add(
                new Key(
                        "heal after",
                        new Form.Either(
                                List.of(
                                        new Form.Word(List.of("never")),
                                        new Form.Amount(Dimension.DURATION))),
                        "never",
                        "how long it lasts"));
        keys.addAll(amounts());
        return new Form.Section(keys);
    }

    private static Key gapsFile() {
        return new Key(
                FailureLawReader.FILE,
                new Form.Text("a path", ".+"),
                "",
                "CSV whose first column is times with units, such as '3 h'");
    }

    private static Form replay() {
        return new Form.Section(
                List.of(
                        new Key(
                                "file",
                                new Form.Text("a path", ".+"),
                                "",
                                "CSV, plain or gzip, in the layout of the Los Alamos data"),
                        new Key(
                                "system",
                                new Form.Amount(Dimension.COUNT),
                                "",
                                "the system whose failures strike"),
                        new Key(
                                "from",
                                new Form.Amount(Dimension.COUNT),
                                "1",
                                "the first year; its first failure is at the start"),
                        new Key(
                                "to",
                                new Form.Amount(Dimension.COUNT),
                                "9999",
                                "the year before which it ends"),
                        new Key(
                                "speed",
                                new Form.Amount(Dimension.NUMBER),
                                "1",
                                "how many times as fast as it was")));
    }

    /** What faults have beside their places, each key once. */
    private static List<Key> amounts() {
        var amounts = new LinkedHashMap<String, Key>();
        for (FaultForm form : Faults.all()) {
            for (Setting amount : form.amounts()) {
                List<Key> keys =
                        amount.type() == LinkQuality.class
                                ? Reference.section("link", LinkQuality.PERFECT).keys()
                                : List.of(RecordForm.key(amount, Remarks.of(amount.component())));
                keys.forEach(key -> amounts.merge(key.name(), key, FaultReference::either));
            }
        }
        return List.copyOf(amounts.values());
    }

    private static Key either(Key one, Key other) {
        return one.form().equals(other.form())
                ? one
                : new Key(
                        one.name(),
                        new Form.Either(List.of(one.form(), other.form())),
                        "",
                        one.remark());
    }
}
