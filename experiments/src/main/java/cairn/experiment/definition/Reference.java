package cairn.experiment.definition;

import cairn.experiment.catalogue.Catalogue;
import cairn.experiment.catalogue.FaultForm;
import cairn.experiment.catalogue.Faults;
import cairn.experiment.catalogue.Surroundings;
import cairn.experiment.file.Dimension;
import cairn.experiment.file.Form;
import cairn.experiment.file.Key;
import cairn.experiment.file.RecordForm;
import cairn.experiment.file.Setting;
import cairn.experiment.models.ModelForm;
import cairn.model.fault.LinkQuality;
import cairn.model.service.Workload.Loop;
import cairn.report.Measure;
import cairn.simulator.Environment;
import cairn.simulator.Limits;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every key that an experiment file may have, with what may stand behind it, its default and what
 * it decides. Help, the schema for editors and the starting file are made from it.
 */
public final class Reference {

    private static final String AMOUNT = "[-+]?[0-9][0-9_]*(\\.[0-9_]+)?([eE][-+]?[0-9]+)? *\\S*";
    private static final Form ROLES =
            new Form.Several(
                    new Form.Text(
                            "a role of the protocol, such as 'primary', or for a link 'primary ->"
                                    + " pmu-1'",
                            ".+"));

    private final Catalogue catalogue;
    private final List<ModelForm> models;

    /** The reference of files that try what a catalogue holds, or one of some models. */
    public Reference(Catalogue catalogue, List<ModelForm> models) {
        this.catalogue = catalogue;
        this.models = List.copyOf(models);
    }

    /** The keys of a file, in the order in which one would write them. */
    public List<Key> keys() {
        List<Key> sections = sections();
        List<String> names = sections.stream().map(Key::name).toList();
        var keys = new ArrayList<Key>();
        keys.add(
                new Key(
                        "name",
                        new Form.Text(
                                "lower-case letters, digits and hyphens",
                                "[a-z0-9][a-z0-9-]{0,63}"),
                        "",
                        "names the experiment and the folder of its results"));
        keys.add(
                new Key(
                        "question",
                        new Form.Text("a sentence", ".*\\S.*"),
                        "",
                        "what the experiment is to find out"));
        keys.add(
                new Key(
                        Includes.KEY,
                        new Form.Several(new Form.Text("a file", ".+")),
                        "",
                        "files over which this one is laid; found from its folder"));
        keys.addAll(sections);
        keys.add(new Key("variants", variants(sections), "", "what is compared, one by one"));
        keys.add(
                new Key(
                        "sweep",
                        sweep(names),
                        "",
                        "what is compared, all combinations of some values"));
        keys.add(
                new Key(
                        "seeds",
                        new Form.Several(
                                new Form.Text(
                                        "numbers and ranges: '7', '1..20', '1..5, 9'",
                                        "[0-9_., ]+")),
                        "1",
                        "each variant is tried under each of them; the same seed, the same"
                                + " failures"));
        keys.add(
                new Key(
                        "until",
                        until(),
                        "",
                        "when there are seeds enough; 'seeds' are then the most"));
        keys.add(new Key("expect", new Form.Several(expectation()), "holds: all", "the verdict"));
        return keys;
    }

    private List<Key> sections() {
        return List.of(
                new Key(
                        ModelReader.MODEL,
                        new Form.Word(models.stream().map(ModelForm::name).toList()),
                        "",
                        "a model of its own, instead of a protocol and all that belongs to one"),
                new Key(
                        "protocol",
                        new Form.Word(catalogue.protocolNames()),
                        "",
                        "what is tried; see ./cairn list protocols"),
                new Key("settings", settings(), "", "how the protocol or the model is set"),
                new Key("application", application(), applicationName(), "what is protected"),
                new Key("workload", workload(), "", "what clients want"),
                new Key("environment", environment(), "", "what machines and networks are like"),
                new Key("faults", new Form.Several(fault()), "nothing goes wrong", "what may fail"),
                new Key(
                        "admissible",
                        admissible(),
                        "what the protocol promises",
                        "what a run may suffer at the most, and still must survive"),
                new Key(
                        "judged",
                        new Form.Word(ScenarioReader.JUDGED),
                        "everything",
                        "safety: whatever strikes, liveness is not demanded"),
                new Key(
                        "bounds",
                        section("bounds", ScenarioReader.BOUNDS),
                        "",
                        "limits that properties judge by"),
                new Key("limits", section("limits", Limits.DEFAULT), "", "when a run ends"));
    }

    private static Form admissible() {
        return new Form.Section(
                AdmissibleReader.kinds().stream()
                        .map(kind ->
                                new Key(
                                        kind,
                                        new Form.Text("a number, or any", "any|[0-9_]+"),
                                        "0",
                                        "how many faults of this kind"))
                        .toList());
    }

    private Form settings() {
        var cases = new ArrayList<Form.Case>();
        catalogue
                .protocols()
                .forEach(form ->
                        cases.add(
                                new Form.Case(
                                        "protocol",
                                        form.name(),
                                        section(form.defaults(), form.remarks()))));
        models.forEach(form ->
                cases.add(
                        new Form.Case(
                                ModelReader.MODEL,
                                form.name(),
                                section(form.defaults(), form.remarks()))));
        return new Form.Depends(cases);
    }

    private Form application() {
        List<Key> applications = new ArrayList<>();
        catalogue
                .services()
                .forEach(form ->
                        applications.add(
                                new Key(
                                        form.name(),
                                        section(form.defaults(), form.remarks()),
                                        "",
                                        form.summary())));
        catalogue
                .computations()
                .forEach(form ->
                        applications.add(
                                new Key(
                                        form.name(),
                                        section(form.defaults(), form.remarks()),
                                        "",
                                        form.summary())));
        return new Form.Either(
                List.of(new Form.Word(catalogue.applicationNames()), new Form.One(applications)));
    }

    private String applicationName() {
        return catalogue.services().getFirst().name();
    }

    private static Form.Section section(Record defaults, Map<String, String> remarks) {
        return new Form.Section(
                RecordForm.keys(defaults, component -> remarks.getOrDefault(component, "")));
    }

    private static Form.Section section(String name, Record defaults) {
        return new Form.Section(
                RecordForm.keys(defaults, component -> Remarks.of(name, component)));
    }

    private static Form workload() {
        var usual = WorkloadReader.DEFAULT;
        Key think =
                new Key(
                        "think",
                        new Form.Amount(Dimension.DURATION),
                        "0 s",
                        "how long after an answer");
        Key rate =
                new Key(
                        "rate",
                        new Form.Amount(Dimension.RATE),
                        "",
                        "how often a client asks, whether it has its answer or not");
        return new Form.Section(
                List.of(
                        new Key(
                                "clients",
                                new Form.Amount(Dimension.COUNT),
                                Integer.toString(usual.clients()),
                                "how many ask"),
                        new Key(
                                "requests",
                                new Form.Amount(Dimension.COUNT),
                                Long.toString(usual.requests()),
                                "how often they ask, all together"),
                        new Key(
                                "closed",
                                new Form.Section(List.of(think)),
                                "{think: " + ((Loop.Closed) usual.loop()).thinkNanos() + " s}",
                                "a client asks when it has its answer"),
                        new Key(
                                "open",
                                new Form.Section(List.of(rate)),
                                "",
                                "a client asks on a schedule"),
                        new Key(
                                "timeout",
                                new Form.Amount(Dimension.DURATION),
                                Dimension.DURATION.write(BigDecimal.valueOf(usual.timeoutNanos())),
                                "after which a client asks again")));
    }

    private Form environment() {
        Environment usual = Surroundings.DEFAULT;
        var keys = new ArrayList<Key>();
        keys.add(
                new Key(
                        "model",
                        new Form.Word(CostModels.NAMES),
                        CostModels.NAMES.getFirst(),
                        "a named environment, of which the other keys change a part"));
        keys.add(
                new Key(
                        "persistence domain",
                        new Form.Word(List.of("adr", "eadr")),
                        Setting.word(usual.platform().domain()),
                        "how far down a byte must be to survive a loss of power"));
        keys.add(
                new Key(
                        "ddio",
                        new Form.Switch(),
                        usual.platform().directCacheAccess() ? "on" : "off",
                        "whether the adapter writes into the last-level cache"));
        keys.add(
                new Key(
                        "native flush",
                        new Form.Switch(),
                        usual.platform().nativePersistentFlush() ? "on" : "off",
                        "whether the adapter implements a persistent FLUSH"));
        keys.add(
                new Key(
                        "completions",
                        new Form.Word(EnvironmentReader.WAITS),
                        usual.waitsForCompletions() ? "interrupt" : "polling",
                        "how a process learns that a work request completed"));
        keys.add(new Key("cpu", section("cpu", usual.cpu()), "", Remarks.of("cpu")));
        keys.add(
                new Key("network", section("network", usual.network()), "", Remarks.of("network")));
        keys.add(new Key("rdma", section("rdma", usual.rdma()), "", Remarks.of("rdma")));
        keys.add(new Key("disk", disk(), usual.disk().name(), "the disks of all machines"));
        return new Form.Either(List.of(new Form.Word(CostModels.NAMES), new Form.Section(keys)));
    }

    private static Form disk() {
        List<String> names = List.copyOf(Surroundings.DISKS.sequencedKeySet());
        var keys = new ArrayList<Key>();
        keys.add(
                new Key(
                        "model",
                        new Form.Word(names),
                        names.getFirst(),
                        "a named disk, of which the other keys change a part"));
        keys.addAll(section("disk", Surroundings.DEFAULT.disk()).keys());
        return new Form.Either(List.of(new Form.Word(names), new Form.Section(keys)));
    }

    private static Form fault() {
        var keys = new ArrayList<Key>();
        for (FaultForm form : Faults.all()) {
            keys.add(new Key(form.name(), ROLES, "", form.description()));
        }
        String time = "^(" + AMOUNT + ")( on average)?$";
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
                        "how often it strikes, at random: exponential unless a shape is given"));
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
                        "instead of 'every': times between failures that were seen, each drawn"
                                + " alike; listed, or in a file"));
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
                                ? section("link", LinkQuality.PERFECT).keys()
                                : List.of(RecordForm.key(amount, Remarks.of(amount.component())));
                keys.forEach(key -> amounts.merge(key.name(), key, Reference::either));
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

    private static Form variants(List<Key> sections) {
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

    private static Form sweep(List<String> sections) {
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

    private static Form until() {
        return new Form.Section(
                List.of(
                        new Key("measure", measure(), "", "whose mean is to be known"),
                        new Key(
                                "within",
                                new Form.Amount(Dimension.SHARE),
                                "",
                                "the relative error that is allowed, for every variant"),
                        new Key(
                                "confidence",
                                new Form.Amount(Dimension.SHARE),
                                "95 %",
                                "with which, all looks at the data together"),
                        new Key(
                                "at least",
                                new Form.Amount(Dimension.COUNT),
                                Integer.toString(Target.LEAST),
                                "how many seeds are used in any case")));
    }

    private static Form measure() {
        return new Form.Word(
                List.of(Measure.values()).stream().map(ExpectationReader::word).toList());
    }

    private Form expectation() {
        var properties = new Form.Several(new Form.Word(catalogue.propertyNames()));
        return new Form.Section(
                List.of(
                        new Key(
                                "holds",
                                new Form.Either(List.of(new Form.Word(List.of("all")), properties)),
                                "",
                                "properties that no trial violates and one could tell"),
                        new Key(
                                "violated",
                                properties,
                                "",
                                "properties that some trial shows to be violated"),
                        new Key(
                                "may be violated",
                                properties,
                                "",
                                "what may be violated as well, because it follows"),
                        new Key("measure", measure(), "", "a figure of each variant"),
                        new Key(
                                "between",
                                new Form.Several(
                                        new Form.Text("the lower and the upper bound", AMOUNT)),
                                "",
                                "where the figure, or the ratio of two, lies"),
                        new Key("of", label(), "", "of two variants: the one above the line"),
                        new Key("over", label(), "", "a ratio: the variant below the line"),
                        new Key(
                                "is",
                                new Form.Text("an amount of the measure", AMOUNT),
                                "",
                                "what was published of the mean"),
                        new Key(
                                "within",
                                new Form.Amount(Dimension.SHARE),
                                "",
                                "how far from that, in relation to it; three standard errors are"
                                        + " always allowed"),
                        new Key(
                                "plus or minus",
                                new Form.Text("an amount of the measure", AMOUNT),
                                "",
                                "how far from that, as an amount"),
                        new Key(
                                "less than",
                                label(),
                                "",
                                "a variant whose figure is larger; tested seed by seed"),
                        new Key(
                                "when",
                                new Form.Anything(
                                        "a mapping from what variants differ in to values or"
                                                + " comparisons"),
                                "",
                                "which variants it is said of; all if left out")));
    }

    private static Form label() {
        return new Form.Text("the label of a variant", ".+");
    }
}
