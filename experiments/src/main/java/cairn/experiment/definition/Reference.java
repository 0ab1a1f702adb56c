package cairn.experiment.definition;

import cairn.experiment.catalogue.Catalogue;
import cairn.experiment.catalogue.Surroundings;
import cairn.experiment.file.Dimension;
import cairn.experiment.file.Form;
import cairn.experiment.file.Key;
import cairn.experiment.file.RecordForm;
import cairn.experiment.file.Setting;
import cairn.experiment.models.ModelForm;
import cairn.model.service.Workload.Loop;
import cairn.simulator.Environment;
import cairn.simulator.Limits;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every key that an experiment file may have, with what may stand behind it, its default and what
 * it decides. Help, the schema for editors and the starting file are made from it.
 */
public final class Reference {

    /** An amount with any unit, as a pattern. */
    static final String AMOUNT = "[-+]?[0-9][0-9_]*(\\.[0-9_]+)?([eE][-+]?[0-9]+)? *\\S*";

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
        keys.add(
                new Key(
                        "variants",
                        VariantReference.variants(sections),
                        "",
                        "what is compared, one by one"));
        keys.add(
                new Key(
                        "sweep",
                        VariantReference.sweep(names),
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
                        VerdictReference.until(),
                        "",
                        "when there are seeds enough; 'seeds' are then the most"));
        keys.add(
                new Key(
                        "expect",
                        new Form.Several(VerdictReference.expectation(catalogue)),
                        "holds: all",
                        "the verdict"));
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
                new Key(
                        "faults",
                        new Form.Several(FaultReference.fault()),
                        "nothing goes wrong",
                        "what may fail"),
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

    static Form.Section section(String name, Record defaults) {
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
                                WorkloadReader.WARM_UP,
                                new Form.Amount(Dimension.COUNT),
                                "0",
                                "how many of the first answers are judged, but not measured"),
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
        keys.add(
                new Key(
                        EnvironmentReader.DETECTION,
                        new Form.Either(
                                List.of(
                                        new Form.Word(List.of(EnvironmentReader.OWN)),
                                        new Form.Law())),
                        EnvironmentReader.OWN,
                        "how long a failure goes unnoticed, in place of a protocol's own times"));
        keys.add(new Key("host", section("host", usual.host()), "", Remarks.of("host")));
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
}
