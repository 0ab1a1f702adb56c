package cairn.experiment.definition;

import cairn.experiment.catalogue.FaultForm;
import cairn.experiment.catalogue.Faults;
import cairn.experiment.file.Fields;
import cairn.experiment.file.Place;
import cairn.experiment.file.RecordForm;
import cairn.experiment.file.Setting;
import cairn.experiment.file.Suggestion;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.model.Device;
import cairn.model.Hardware;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.fault.LinkQuality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One entry of what may go wrong: which fault, and at which places. When it strikes is for {@link
 * FaultReader}.
 */
final class FaultEntry {

    /** The key of what else is struck. */
    static final String SPREAD = "spread";

    /** The keys that say when it strikes, and for how long. */
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

    private final FaultForm form;
    private final List<YamlValue> targets;
    private final Fields fields;

    private FaultEntry(FaultForm form, List<YamlValue> targets, Fields fields) {
        this.form = form;
        this.targets = targets;
        this.fields = fields;
    }

    /** A fault, and the name of the choice that asks for it if it strikes at random. */
    record Strike(String name, Fault fault) {}

    /**
     * Reads an entry.
     *
     * @throws UserMistake if it names no fault, or two, or has keys that its fault has not
     */
    static FaultEntry of(Mapping mapping) {
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
        return new FaultEntry(form, entry.value().items(), fields);
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

    /** All keys of it. */
    Fields fields() {
        return fields;
    }

    /** Its fault at each of its places; of a failure domain, one for all. */
    List<Strike> strikes(Roles roles) {
        return strikes(targets, roles);
    }

    /** The same fault at other places. */
    List<Strike> strikes(List<YamlValue> at, Roles roles) {
        if (form.isOfDomain()) {
            Fault fault = fault(fields.place(), domain(at, roles), roles);
            return List.of(new Strike(form.name() + " " + names(at), fault));
        }
        return at.stream()
                .map(target ->
                        new Strike(
                                form.name() + " " + target.text("a role"),
                                fault(target.place(), places(target, roles), roles)))
                .toList();
    }

    private static String names(List<YamlValue> at) {
        return String.join(", ", at.stream().map(target -> target.text("a role")).toList());
    }

    /** The machines of a rack or a site; {@code all} are those of the protocol. */
    private static List<NodeId> domain(List<YamlValue> targets, Roles roles) {
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

    private Fault fault(Place place, List<NodeId> places, Roles roles) {
        var amounts = new ArrayList<Object>();
        for (Setting amount : form.amounts()) {
            amounts.add(
                    amount.type() == LinkQuality.class ? quality(fields) : amount(amount, fields));
        }
        Fault fault = Fields.at(place, "", () -> form.make(places, amounts));
        if (fault instanceof Fault.OfNode of) {
            fault.kind().device().ifPresent(device -> requireDevice(place, of, device, roles));
        }
        return fault;
    }

    /** A fault of what a machine does not have would strike nothing, and look like success. */
    private void requireDevice(Place place, Fault.OfNode fault, Device device, Roles roles) {
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

    private List<NodeId> places(YamlValue target, Roles roles) {
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
}
