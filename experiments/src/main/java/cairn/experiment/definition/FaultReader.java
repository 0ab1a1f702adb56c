package cairn.experiment.definition;

import cairn.experiment.definition.FaultEntry.Strike;
import cairn.experiment.file.Dimension;
import cairn.experiment.file.Fields;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.experiment.trial.OrderedFault;
import cairn.fault.Admissible;
import cairn.fault.FaultPlan;
import cairn.fault.RandomFault;
import cairn.fault.Spread;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what may go wrong, and when. */
final class FaultReader {

    private static final List<String> SPREADING = List.of("to", "probability", "within");

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
        return FaultEntry.of(mapping).strikes(roles).stream().map(Strike::fault).toList();
    }

    private void read(Mapping mapping) {
        FaultEntry entry = FaultEntry.of(mapping);
        Fields fields = entry.fields();
        List<Strike> strikes = entry.strikes(roles);
        fields.find(FaultEntry.SPREAD).ifPresent(spread -> spread(entry, strikes, spread));
        if (fields.has(FailureLawReader.REPLAY)) {
            replay(strikes, fields);
        } else {
            strikes.forEach(strike -> schedule(strike.fault(), strike.name(), fields));
        }
    }

    /** What strikes at one place strikes its neighbours too, with a probability within a time. */
    private void spread(FaultEntry entry, List<Strike> causes, YamlValue spread) {
        Fields fields = Fields.of(spread.mapping("'spread'"), "'spread'", SPREADING);
        double probability = fields.amount("probability", Dimension.SHARE).doubleValue();
        long within = fields.whole("within", Dimension.DURATION);
        long lasts =
                entry.fields()
                        .find("heal after")
                        .map(FaultReader::duration)
                        .orElse(Injection.NEVER);
        List<Strike> effects = entry.strikes(fields.need("to").items(), roles);
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

    private void replay(List<Strike> strikes, Fields fields) {
        for (String key : List.of("at", "after", "every", "law", "shape", "gaps", "at most")) {
            if (fields.has(key)) {
                throw new UserMistake(
                        fields.need(key).place(), "a fault that is replayed has no '" + key + "'");
            }
        }
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
