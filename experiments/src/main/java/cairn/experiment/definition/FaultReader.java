package cairn.experiment.definition;

import cairn.experiment.catalogue.FaultForm;
import cairn.experiment.catalogue.Faults;
import cairn.experiment.file.Dimension;
import cairn.experiment.file.Fields;
import cairn.experiment.file.RecordForm;
import cairn.experiment.file.Setting;
import cairn.experiment.file.Suggestion;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.fault.FaultPlan;
import cairn.fault.RandomFault;
import cairn.model.NodeId;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.LinkQuality;

import org.apache.commons.math3.special.Gamma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what may go wrong. */
final class FaultReader {

    private static final List<String> TIMES =
            List.of("at", "after", "every", "shape", "at most", "heal after");
    private static final String ON_AVERAGE = "on average";

    private final Roles roles;
    private final List<Injection> planned = new ArrayList<>();
    private final List<RandomFault> random = new ArrayList<>();
    private final TreeMap<String, Integer> names = new TreeMap<>();

    private FaultReader(Roles roles) {
        this.roles = roles;
    }

    static FaultPlan read(YamlValue faults, Roles roles) {
        var reader = new FaultReader(roles);
        for (YamlValue item : faults.items()) {
            reader.read(item.mapping("a fault"));
        }
        return new FaultPlan(reader.planned, reader.random);
    }

    /**
     * The faults that one entry names, one for each of its places; when they strike is left out.
     */
    static List<Fault> named(YamlValue written, Roles roles) {
        Mapping mapping = written.mapping("a fault");
        Written entry = written(mapping);
        return entry.targets().stream()
                .map(target -> new FaultReader(roles).fault(entry.form(), target, entry.fields()))
                .toList();
    }

    private record Written(FaultForm form, List<YamlValue> targets, Fields fields) {}

    private void read(Mapping mapping) {
        Written written = written(mapping);
        for (YamlValue target : written.targets()) {
            Fault fault = fault(written.form(), target, written.fields());
            schedule(fault, written.form().name() + " " + target.text("a role"), written.fields());
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

    private Fault fault(FaultForm form, YamlValue target, Fields fields) {
        List<NodeId> places = places(form, target);
        var amounts = new ArrayList<Object>();
        for (Setting amount : form.amounts()) {
            amounts.add(
                    amount.type() == LinkQuality.class
                            ? quality(fields)
                            : amount.read(fields.need(amount.key())));
        }
        return Fields.at(target.place(), "", () -> form.make(places, amounts));
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
        long times = List.of("at", "after", "every").stream().filter(fields::has).count();
        if (times != 1) {
            throw new UserMistake(
                    fields.place(),
                    "a fault strikes either 'at' a time, or 'after' a moment, or 'every' so often");
        }
        long lasts = fields.find("heal after").map(FaultReader::duration).orElse(Injection.NEVER);
        if (!fields.has("every")) {
            refuse(fields, "at most");
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
                                        gaps(fields),
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

    /** Exponential gaps; Weibull ones if a shape is given, with the same mean. */
    private static Law gaps(Fields fields) {
        YamlValue every = fields.need("every");
        String text = every.text("'every'");
        String mean =
                text.endsWith(ON_AVERAGE)
                        ? text.substring(0, text.length() - ON_AVERAGE.length())
                        : text;
        long nanos =
                Fields.at(every.place(), "'every': ", () -> Dimension.DURATION.readWhole(mean));
        if (nanos <= 0) {
            throw new UserMistake(every.place(), "'every' needs a mean above zero: '" + text + "'");
        }
        if (!fields.has("shape")) {
            return new Law.Occurs(new Law.Exponential(0, (double) nanos));
        }
        double shape = fields.amount("shape", Dimension.NUMBER).doubleValue();
        if (!(shape >= 0.1 && shape <= 100)) {
            throw new UserMistake(
                    fields.need("shape").place(), "a shape lies in [0.1, 100]: " + shape);
        }
        return new Law.Occurs(new Law.Weibull(nanos / Gamma.gamma(1 + 1 / shape), shape));
    }
}
