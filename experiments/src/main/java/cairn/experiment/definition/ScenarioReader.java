package cairn.experiment.definition;

import cairn.experiment.catalogue.Catalogue;
import cairn.experiment.catalogue.ComputationForm;
import cairn.experiment.catalogue.ProtocolForm;
import cairn.experiment.catalogue.ServiceForm;
import cairn.experiment.catalogue.Surroundings;
import cairn.experiment.file.Fields;
import cairn.experiment.file.Line;
import cairn.experiment.file.RecordForm;
import cairn.experiment.file.Setting;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.experiment.trial.OrderedFault;
import cairn.experiment.trial.SimulatedApplication;
import cairn.experiment.trial.Subject;
import cairn.fault.Admissible;
import cairn.fault.FaultPlan;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.Message;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.computation.Computation;
import cairn.model.fault.Fault;
import cairn.model.property.Bounds;
import cairn.model.property.Property;
import cairn.model.service.Workload;
import cairn.report.statistics.Unit;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.Scenario;

import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Reads a service or a computation that a protocol protects in a simulated world. */
public final class ScenarioReader implements SubjectReader {

    private static final List<String> SECTIONS =
            List.of(
                    "protocol",
                    "settings",
                    "application",
                    "workload",
                    "environment",
                    "faults",
                    "admissible",
                    "judged",
                    "bounds",
                    "limits");

    /** At most 64 sets kept, all answered five seconds after all is well, a million states. */
    static final Bounds BOUNDS = new Bounds(64, 5_000_000_000L, 1_000_000);

    static final String SAFETY = "safety";
    static final List<String> JUDGED = List.of("everything", SAFETY);

    /**
     * A machine takes no less memory than this. Measured of {@code restart}: 75 KiB for each, and
     * 480 bytes for each two that exchange messages.
     */
    private static final long LEAST_BYTES = 32 << 10;

    /** What may fail to hold for no other reason than that too much went wrong. */
    private static final List<String> LIVENESS = List.of("LIVE", "RES");

    private final Catalogue catalogue;

    public ScenarioReader(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<String> sections() {
        return SECTIONS;
    }

    @Override
    public List<String> properties() {
        return catalogue.propertyNames();
    }

    /**
     * The faults of one entry, such as {@code power loss: pmu-1}, for somebody who inflicts them by
     * hand; throws {@link UserMistake} if it names none of these seats' faults.
     */
    public static List<Fault> faults(YamlValue written, List<Seat> seats) {
        return FaultReader.named(written, new Roles(seats));
    }

    /** A protocol whose name is known, as it is set up if a file says nothing. */
    public Protocol<?> usual(String protocol) {
        ProtocolForm form = catalogue.protocol(protocol);
        return form.make(form.defaults(), usual(form), Surroundings.DEFAULT.cpu());
    }

    /** What a protocol protects if a file says nothing: the first of its kind. */
    public Application usual(ProtocolForm form) {
        if (form.maker() instanceof ProtocolForm.OfService) {
            ServiceForm service = catalogue.services().getFirst();
            return new Application.Served(
                    service.maker().apply(service.defaults()), WorkloadReader.DEFAULT);
        }
        ComputationForm computation = catalogue.computations().getFirst();
        return new Application.Parallel(computation.maker().apply(computation.defaults()));
    }

    @Override
    public Subject read(Mapping variant) {
        Fields fields = Fields.of(variant, "an experiment", SECTIONS);
        ProtocolForm form =
                catalogue.protocol(
                        Fields.oneOf(
                                fields.need("protocol"), "protocol", catalogue.protocolNames()));
        Record settings = record(fields, "settings", form.defaults());
        Application application = application(fields, form);
        Environment environment =
                section(fields, "environment")
                        .map(EnvironmentReader::read)
                        .orElse(Surroundings.DEFAULT);
        Protocol<?> protocol = protocol(fields, form, settings, application, environment.cpu());
        Limits limits = record(fields, "limits", Limits.DEFAULT);
        FaultReader.Read read =
                fields.find("faults")
                        .map(written ->
                                FaultReader.read(
                                        written,
                                        new Roles(protocol.seats()),
                                        limits.faultsUntilNanos()))
                        .orElse(FaultReader.Read.NOTHING);
        FaultPlan planned = read.plan();
        boolean safetyAlone =
                fields.find("judged")
                        .map(written -> Fields.oneOf(written, "judged", JUDGED).equals(SAFETY))
                        .orElse(false);
        Optional<Admissible> demanded = section(fields, "admissible").map(AdmissibleReader::read);
        Admissible searched =
                demanded.orElse(
                        safetyAlone
                                ? Admissible.EVERYTHING
                                : Admissible.promised(protocol.promise()));
        FaultPlan faults =
                new FaultPlan(
                        planned.planned(),
                        planned.random(),
                        planned.spreads(),
                        demanded.orElse(Admissible.EVERYTHING));
        return subject(
                protocol,
                demanded,
                searched,
                safetyAlone,
                application,
                section(fields, "workload").map(WorkloadReader::warmUp).orElse(0L),
                environment,
                faults,
                record(fields, "bounds", BOUNDS),
                limits,
                read.ordered());
    }

    /** Minutes later it would be the JVM that says so. */
    private static void refuseWhatHasNoRoom(int ranks, Mapping settings) {
        long needed = ranks * LEAST_BYTES;
        long there = Runtime.getRuntime().maxMemory();
        if (needed > there) {
            throw new UserMistake(
                    settings.get("ranks").map(YamlValue::place).orElse(settings.place()),
                    Line.of(
                            "'ranks': %,d machines need %s of memory or more, and the JVM may take"
                                    + " %s: fewer, or CAIRN_JAVA_OPTS=-Xmx%dg",
                            ranks,
                            Unit.BYTES.text((double) needed),
                            Unit.BYTES.text((double) there),
                            2 * (needed >> 30) + 1));
        }
    }

    /** The protocol around its application; a setting that does not fit it is named. */
    private static Protocol<?> protocol(
            Fields fields,
            ProtocolForm form,
            Record settings,
            Application application,
            CpuCosts cpu) {
        Optional<Mapping> written = section(fields, "settings");
        written.ifPresent(mapping -> refuseTooMuch(mapping, form, settings, application));
        try {
            return form.make(settings, application, cpu);
        } catch (IllegalArgumentException e) {
            Predicate<Record> isRefused = tried -> isRefused(form, tried, application, cpu);
            throw written.flatMap(mapping ->
                            RecordForm.culprit(mapping, settings, form.defaults(), isRefused))
                    .map(entry ->
                            new UserMistake(
                                    entry.value().place(),
                                    "'" + entry.key() + "': " + e.getMessage()))
                    .orElseGet(() ->
                            new UserMistake(
                                    fields.need("protocol").place(),
                                    "'" + form.name() + "': " + e.getMessage()));
        }
    }

    private static boolean isRefused(
            ProtocolForm form, Record settings, Application application, CpuCosts cpu) {
        try {
            form.make(settings, application, cpu);
            return false;
        } catch (IllegalArgumentException _) {
            return true;
        }
    }

    /** What was asked for and cannot be had; a default that is more than there is takes what is. */
    private static void refuseTooMuch(
            Mapping written, ProtocolForm form, Record settings, Application application) {
        for (Setting setting : form.settings()) {
            Optional<YamlValue> value = written.get(setting.key());
            OptionalInt most = form.most(setting, application);
            if (value.isPresent()
                    && most.isPresent()
                    && setting.number(settings) > most.getAsInt()) {
                throw new UserMistake(
                        value.get().place(),
                        Line.of(
                                "'%s': at most %,d with %,d ranks, not %,d",
                                setting.key(),
                                most.getAsInt(),
                                application.processes(),
                                setting.number(settings)));
            }
        }
    }

    private <M extends Message> Subject subject(
            Protocol<M> protocol,
            Optional<Admissible> demanded,
            Admissible searched,
            boolean safetyAlone,
            Application application,
            long warmUp,
            Environment environment,
            FaultPlan faults,
            Bounds bounds,
            Limits limits,
            List<OrderedFault> ordered) {
        Protocol<M> held =
                demanded.<Protocol<M>>map(admissible -> new Demanded<>(protocol, admissible))
                        .orElse(protocol);
        var scenario = new Scenario<>(held, application, environment, faults, bounds, limits);
        List<Property> properties =
                catalogue.properties().stream()
                        .filter(property -> !safetyAlone || !LIVENESS.contains(property.id()))
                        .toList();
        return new SimulatedApplication<>(
                scenario,
                warmUp,
                properties,
                ordered,
                searched.everywhere(protocol.seats(), protocol.promise().failTogether()));
    }

    /**
     * {@code application: {bank: {accounts: 1_024}}}, or {@code application: bank}; the first of
     * its kind if the file says nothing.
     */
    private Application application(Fields fields, ProtocolForm form) {
        Optional<YamlValue> written = fields.find("application");
        if (written.isEmpty()) {
            return form.maker() instanceof ProtocolForm.OfService
                    ? served(catalogue.services().getFirst(), Optional.empty(), fields)
                    : parallel(catalogue.computations().getFirst(), Optional.empty());
        }
        List<String> names = catalogue.applicationNames();
        if (!(written.get() instanceof Mapping mapping)) {
            String name = Fields.oneOf(written.get(), "application", names);
            return application(name, Optional.empty(), fields);
        }
        Fields.of(mapping, "'application'", names);
        if (mapping.entries().size() != 1) {
            throw new UserMistake(
                    mapping.place(), "'application' names one application, such as 'bank'");
        }
        Entry entry = mapping.entries().getFirst();
        return application(
                entry.key(), Optional.of(entry.value().mapping("'" + entry.key() + "'")), fields);
    }

    private Application application(String name, Optional<Mapping> settings, Fields fields) {
        return catalogue
                .service(name)
                .<Application>map(form -> served(form, settings, fields))
                .orElseGet(() -> computation(name, settings, fields));
    }

    private Application computation(String name, Optional<Mapping> settings, Fields fields) {
        if (fields.has("workload")) {
            throw new UserMistake(
                    fields.need("workload").place(),
                    "'" + name + "' is a computation and has no clients: leave 'workload' out");
        }
        return parallel(catalogue.computation(name).orElseThrow(), settings);
    }

    private static Application served(ServiceForm form, Optional<Mapping> settings, Fields fields) {
        Workload workload =
                section(fields, "workload")
                        .map(WorkloadReader::read)
                        .orElse(WorkloadReader.DEFAULT);
        return new Application.Served(
                form.maker().apply(settings(form.name(), form.defaults(), settings)), workload);
    }

    private static Application parallel(ComputationForm form, Optional<Mapping> settings) {
        Record values = settings(form.name(), form.defaults(), settings);
        Computation computation = computation(form, values, settings);
        settings.ifPresent(mapping -> refuseWhatHasNoRoom(computation.ranks(), mapping));
        return new Application.Parallel(computation);
    }

    private static Computation computation(
            ComputationForm form, Record values, Optional<Mapping> settings) {
        try {
            return form.maker().apply(values);
        } catch (UserMistake | InvalidPathException e) {
            // Settings may name a file, which has mistakes of its own or is not there.
            throw settings.map(mapping ->
                            new UserMistake(mapping.place(), String.valueOf(e.getMessage())))
                    .orElseThrow(() -> e);
        }
    }

    private static Record settings(String name, Record defaults, Optional<Mapping> written) {
        return written.map(mapping -> RecordForm.read(mapping, "'" + name + "'", defaults))
                .orElse(defaults);
    }

    private static Optional<Mapping> section(Fields fields, String key) {
        return fields.find(key).map(value -> value.mapping("'" + key + "'"));
    }

    private static <R extends Record> R record(Fields fields, String key, R defaults) {
        return section(fields, key)
                .map(mapping -> RecordForm.read(mapping, "'" + key + "'", defaults))
                .orElse(defaults);
    }
}
