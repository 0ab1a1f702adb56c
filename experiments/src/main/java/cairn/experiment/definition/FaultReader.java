package cairn.experiment.definition;

import cairn.experiment.catalogue.FaultForm;
import cairn.experiment.catalogue.Faults;
import cairn.experiment.file.Dimension;
import cairn.experiment.file.Fields;
import cairn.experiment.file.Place;
import cairn.experiment.file.RecordForm;
import cairn.experiment.file.Setting;
import cairn.experiment.file.Suggestion;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.experiment.trial.OrderedFault;
import cairn.fault.Admissible;
import cairn.fault.FaultPlan;
import cairn.fault.RandomFault;
import cairn.fault.Spread;
import cairn.model.Device;
import cairn.model.Hardware;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.LinkQuality;
import cairn.model.fault.Trigger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what may go wrong. */
final class FaultReader {

    private static final String SPREAD = "spread";
    private static final List<String> SPREADING = List.of("to", "probability", "within");

    private static final List<String> TIMES =
            List.of(
                    "at",
                    "after",
                    "every",
                    FailureLawReader.LAW,
                    "shape",
                    FailureLawReader.GAPS,
                    FailureLawReader.REPLAY,
                    SPREAD,
                    "at most",
                    "heal after");
    private static final String ALL = "all";
    private static final String STAGGER = "stagger";

    private final Roles roles;
    private final List<Injection> planned = new ArrayList<>();
    private final List<RandomFault> random = new ArrayList<>();
    private final List<Spread> spreads = new ArrayList<>();
    private final TreeMap<String, Integer> names = new TreeMap<>();

    private FaultReader(Roles roles) {
        this.roles = roles;
    }

    /**
     * All faults of a file.
     *
     * @param ordered the entries that they come from, in their order
     */
    record Read(FaultPlan plan, List<OrderedFault> ordered) {
        static final Read NOTHING = new Read(FaultPlan.NONE, List.of());
    }

    /** Reads them; none strikes after a time. */
    static Read read(YamlValue faults, Roles roles, long untilNanos) {
        var reader = new FaultReader(roles);
        var ordered = new ArrayList<OrderedFault>();
        for (YamlValue item : faults.items()) {
            int planned = reader.planned.size();
            int random = reader.random.size();
            reader.read(item.mapping("a fault"));
            List<RandomFault> added = reader.random.subList(random, reader.random.size());
            ordered.add(
                    new OrderedFault(
                            item.written().replaceAll("^\\{|\\}$", ""),
                            reader.planned.size() - planned,
                            added.size(),
                            added.stream().findFirst().map(RandomFault::gapNanos),
                            untilNanos));
        }
        var plan =
                new FaultPlan(reader.planned, reader.random, reader.spreads, Admissible.EVERYTHING);
        return new Read(plan, ordered);
    }

    /**
     * The faults that one entry names, one for each of its places; when they strike is left out.
     */
    static List<Fault> named(YamlValue written, Roles roles) {
        Mapping mapping = written.mapping("a fault");
        Written entry = written(mapping);
        return new FaultReader(roles).strikes(entry).stream().map(Strike::fault).toList();
    }

    /** A fault, and the name of the choice that asks for it if it strikes at random. */
    private record Strike(String name, Fault fault) {}

    /** One for each place; of a failure domain, one for all. */
    private List<Strike> strikes(Written written) {
        FaultForm form = written.form();
        Fields fields = written.fields();
        List<YamlValue> targets = written.targets();
        if (form.isOfDomain()) {
            Fault fault = fault(form, fields.place(), domain(targets), fields);
            return List.of(new Strike(form.name() + " " + names(targets), fault));
        }
        return targets.stream()
                .map(target ->
                        new Strike(
                                form.name() + " " + target.text("a role"),
                                fault(form, target.place(), places(form, target), fields)))
                .toList();
    }

    private static String names(List<YamlValue> targets) {
        return String.join(", ", targets.stream().map(target -> target.text("a role")).toList());
    }

    private record Written(FaultForm form, List<YamlValue> targets, Fields fields) {}

    private void read(Mapping mapping) {
        Written written = written(mapping);
        written.fields().find(SPREAD).ifPresent(spread -> spread(written, spread));
        if (written.fields().has(FailureLawReader.REPLAY)) {
            replay(written);
            return;
        }
        strikes(written)
                .forEach(strike -> schedule(strike.fault(), strike.name(), written.fields()));
    }

    /** What strikes at one place strikes its neighbours too, with a probability within a time. */
    private void spread(Written written, YamlValue spread) {
        Fields fields = Fields.of(spread.mapping("'spread'"), "'spread'", SPREADING);
        double probability = fields.amount("probability", Dimension.SHARE).doubleValue();
        long within = fields.whole("within", Dimension.DURATION);
        long lasts =
                written.fields()
                        .find("heal after")
                        .map(FaultReader::duration)
                        .orElse(Injection.NEVER);
        List<Strike> causes = strikes(written);
        List<Strike> effects =
                strikes(new Written(written.form(), fields.need("to").items(), written.fields()));
        for (Strike cause : causes) {
            for (Strike effect : effects) {
                String name = "spread " + cause.name() + " to " + effect.name();
                spreads.add(
                        Fields.at(
                                spread.place(),
                                "",
                                () ->
                                        new Spread(
                                                name,
                                                cause.fault(),
                                                effect.fault(),
                                                probability,
                                                within,
                                                lasts)));
            }
        }
    }

    private void replay(Written written) {
        Fields fields = written.fields();
        for (String key : List.of("at", "after", "every", "law", "shape", "gaps", "at most")) {
            if (fields.has(key)) {
                throw new UserMistake(
                        fields.need(key).place(), "a fault that is replayed has no '" + key + "'");
            }
        }
        List<Strike> strikes = strikes(written);
        YamlValue trace = fields.need(FailureLawReader.REPLAY);
        if (strikes.isEmpty()) {
            throw new UserMistake(fields.place(), "a replay needs a place where it strikes");
        }
        for (var failure : FailureLawReader.replayed(trace, strikes.size())) {
            planned.add(
                    new Injection(
                            new Trigger.At(failure.atNanos()),
                            strikes.get(failure.place()).fault(),
                            fields.find("heal after")
                                    .map(FaultReader::duration)
                                    .orElse(failure.lastsNanos())));
        }
    }

    private static Written written(Mapping mapping) {
        List<Entry> named =
                mapping.entries().stream()
                        .filter(entry -> Faults.names().contains(entry.key()))
                        .toList();
        if (named.size() != 1) {
            throw unnamed(mapping, named);
        }
        Entry entry = named.getFirst();
        FaultForm form = Faults.named(entry.key());
        var keys = new ArrayList<>(List.of(form.name()));
        keys.addAll(TIMES);
        form.amounts().forEach(amount -> keys.addAll(keys(amount)));
        Fields fields = Fields.of(mapping, "'" + form.name() + "'", keys);
        return new Written(form, entry.value().items(), fields);
    }

    private static UserMistake unnamed(Mapping mapping, List<Entry> named) {
        if (named.size() > 1) {
            return new UserMistake(
                    named.get(1).place(), "one entry is one fault; begin another with '-'");
        }
        for (Entry entry : mapping.entries()) {
            if (!TIMES.contains(entry.key())) {
                return new UserMistake(
                        entry.place(),
                        "unknown fault '"
                                + entry.key()
                                + "'"
                                + Suggestion.of(entry.key(), Faults.names()));
            }
        }
        return new UserMistake(
                mapping.place(),
                "a fault names what goes wrong and where, such as 'crash: primary'");
    }

    /** A link's quality is written as if its parts belonged to the fault. */
    private static List<String> keys(Setting amount) {
        return amount.type() == LinkQuality.class
                ? RecordForm.of(LinkQuality.class).keys()
                : List.of(amount.key());
    }

    /** The machines of a rack or a site; {@code all} are those of the protocol. */
    private List<NodeId> domain(List<YamlValue> targets) {
        if (targets.size() == 1 && targets.getFirst().text("a role").equals(ALL)) {
            return roles.all();
        }
        return targets.stream().map(target -> roles.place(target, target.text("a role"))).toList();
    }

    private static Object amount(Setting amount, Fields fields) {
        // That machines come back together is the usual case, and needs no word.
        return amount.key().equals(STAGGER) && !fields.has(STAGGER)
                ? 0L
                : amount.read(fields.need(amount.key()));
    }

    private Fault fault(FaultForm form, Place place, List<NodeId> places, Fields fields) {
        var amounts = new ArrayList<Object>();
        for (Setting amount : form.amounts()) {
            amounts.add(
                    amount.type() == LinkQuality.class ? quality(fields) : amount(amount, fields));
        }
        Fault fault = Fields.at(place, "", () -> form.make(places, amounts));
        if (fault instanceof Fault.OfNode of) {
            fault.kind().device().ifPresent(device -> requireDevice(form, place, of, device));
        }
        return fault;
    }

    /** A fault of what a machine does not have would strike nothing, and look like success. */
    private void requireDevice(FaultForm form, Place place, Fault.OfNode fault, Device device) {
        Hardware machine = roles.hardware(fault.node());
        if (!device.isPartOf(machine)) {
            List<String> having = roles.having(device);
            throw new UserMistake(
                    place,
                    "'"
                            + form.name()
                            + "' strikes the "
                            + device.text()
                            + " of a machine, and '"
                            + roles.role(fault.node())
                            + "' has none; "
                            + (having.isEmpty()
                                    ? "no machine of this protocol has one"
                                    : "these have: " + String.join(", ", having)));
        }
        if (fault instanceof Fault.MemoryRot(NodeId _, long address, long length)
                && (address < 0 || length < 0 || address > machine.persistentBytes() - length)) {
            throw new UserMistake(
                    place,
                    "'memory rot' strikes bytes "
                            + address
                            + " to "
                            + (address + length)
                            + ", and the persistent memory of '"
                            + roles.role(fault.node())
                            + "' has "
                            + machine.persistentBytes());
        }
    }

    private List<NodeId> places(FaultForm form, YamlValue target) {
        String text = target.text("a role");
        if (!form.isOfLink()) {
            return List.of(roles.place(target, text));
        }
        String[] ends = text.split("->", -1);
        if (ends.length != form.places()) {
            String example = form.places() == 2 ? "primary -> pmu-1" : "primary -> pmu-1 -> pmu-2";
            throw new UserMistake(
                    target.place(),
                    "'"
                            + form.name()
                            + "' has "
                            + (form.places() == 2 ? "two ends" : "two ends and a tenant")
                            + ", such as '"
                            + example
                            + "', not '"
                            + text
                            + "'");
        }
        return Arrays.stream(ends).map(end -> roles.place(target, end.strip())).toList();
    }

    private static LinkQuality quality(Fields fields) {
        List<String> keys = RecordForm.of(LinkQuality.class).keys();
        List<Entry> given =
                fields.entries().stream().filter(entry -> keys.contains(entry.key())).toList();
        return RecordForm.read(new Mapping(fields.place(), given), "a link", LinkQuality.PERFECT);
    }

    private void schedule(Fault fault, String name, Fields fields) {
        long times = List.of("at", "after", "every", "gaps").stream().filter(fields::has).count();
        if (times != 1) {
            throw new UserMistake(
                    fields.place(),
                    "a fault strikes either 'at' a time, or 'after' a moment, or 'every' so often"
                            + " or after 'gaps', or is a 'replay'");
        }
        long lasts = fields.find("heal after").map(FaultReader::duration).orElse(Injection.NEVER);
        if (fields.has("gaps")) {
            refuse(fields, "law");
            refuse(fields, "shape");
        }
        if (!fields.has("every") && !fields.has("gaps")) {
            refuse(fields, "at most");
            refuse(fields, "law");
            refuse(fields, "shape");
            planned.add(
                    new Injection(
                            fields.find("at")
                                    .map(TriggerReader::at)
                                    .orElseGet(
                                            () -> TriggerReader.after(fields.need("after"), roles)),
                            fault,
                            lasts));
            return;
        }
        int earlier = names.merge(name, 1, Integer::sum);
        String unique = earlier == 1 ? name : name + " " + earlier;
        long most = fields.whole("at most", Dimension.COUNT, 1);
        random.add(
                Fields.at(
                        fields.place(),
                        "",
                        () ->
                                new RandomFault(
                                        unique,
                                        fault,
                                        FailureLawReader.gaps(fields),
                                        (int) Math.min(most, Integer.MAX_VALUE),
                                        lasts)));
    }

    private static void refuse(Fields fields, String key) {
        Optional<YamlValue> value = fields.find(key);
        if (value.isPresent()) {
            throw new UserMistake(
                    value.get().place(),
                    "'" + key + "' belongs to faults that strike 'every' so often");
        }
    }

    private static long duration(YamlValue value) {
        if (value.text("'heal after'").equals("never")) {
            return Injection.NEVER;
        }
        long nanos = Fields.whole(value, "heal after", Dimension.DURATION);
        if (nanos < 0) {
            throw new UserMistake(
                    value.place(), "a fault lasts zero or more: '" + value.written() + "'");
        }
        return nanos;
    }
}
