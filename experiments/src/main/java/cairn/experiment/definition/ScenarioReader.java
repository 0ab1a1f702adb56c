package cairn.experiment.definition;

import cairn.experiment.catalogue.Catalogue;
import cairn.experiment.catalogue.ProtocolForm;
import cairn.experiment.catalogue.ServiceForm;
import cairn.experiment.catalogue.Surroundings;
import cairn.experiment.file.Fields;
import cairn.experiment.file.RecordForm;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.experiment.trial.SimulatedService;
import cairn.experiment.trial.Subject;
import cairn.fault.FaultPlan;
import cairn.model.Message;
import cairn.model.Protocol;
import cairn.model.property.Bounds;
import cairn.model.service.Service;
import cairn.model.service.Workload;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.Scenario;

import java.util.List;
import java.util.Optional;

/** Reads a service that a protocol protects in a simulated world. */
public final class ScenarioReader implements SubjectReader {

    private static final List<String> SECTIONS =
            List.of(
                    "protocol",
                    "settings",
                    "application",
                    "workload",
                    "environment",
                    "faults",
                    "bounds",
                    "limits");

    /** At most 64 sets kept, all answered five seconds after all is well, a million states. */
    static final Bounds BOUNDS = new Bounds(64, 5_000_000_000L, 1_000_000);

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

    /** A protocol whose name is known, as it is set up if a file says nothing. */
    public Protocol<?> usual(String protocol) {
        ProtocolForm form = catalogue.protocol(protocol);
        ServiceForm service = catalogue.services().getFirst();
        return form.maker()
                .make(
                        form.defaults(),
                        service.maker().apply(service.defaults()),
                        WorkloadReader.DEFAULT.clients(),
                        Surroundings.DEFAULT.cpu());
    }

    @Override
    public Subject read(Mapping variant) {
        Fields fields = Fields.of(variant, "an experiment", SECTIONS);
        ProtocolForm form =
                catalogue.protocol(
                        Fields.oneOf(
                                fields.need("protocol"), "protocol", catalogue.protocolNames()));
        Record settings = record(fields, "settings", form.defaults());
        Workload workload =
                section(fields, "workload")
                        .map(WorkloadReader::read)
                        .orElse(WorkloadReader.DEFAULT);
        Service service = service(fields);
        Environment environment =
                section(fields, "environment")
                        .map(EnvironmentReader::read)
                        .orElse(Surroundings.DEFAULT);
        Protocol<?> protocol =
                Fields.at(
                        fields.need("protocol").place(),
                        "'" + form.name() + "': ",
                        () ->
                                form.maker()
                                        .make(
                                                settings,
                                                service,
                                                workload.clients(),
                                                environment.cpu()));
        FaultPlan faults =
                fields.find("faults")
                        .map(written -> FaultReader.read(written, new Roles(protocol.seats())))
                        .orElse(FaultPlan.NONE);
        return subject(
                protocol,
                service,
                workload,
                environment,
                faults,
                record(fields, "bounds", BOUNDS),
                record(fields, "limits", Limits.DEFAULT),
                fields.find("faults").map(ScenarioReader::sentence).orElse("nothing goes wrong"));
    }

    private <M extends Message> Subject subject(
            Protocol<M> protocol,
            Service service,
            Workload workload,
            Environment environment,
            FaultPlan faults,
            Bounds bounds,
            Limits limits,
            String sentence) {
        var scenario =
                new Scenario<>(protocol, service, workload, environment, faults, bounds, limits);
        return new SimulatedService<>(scenario, catalogue.properties(), sentence);
    }

    /** {@code application: {bank: {accounts: 1_024}}}, or {@code application: bank}. */
    private Service service(Fields fields) {
        if (!fields.has("application")) {
            ServiceForm usual = catalogue.services().getFirst();
            return usual.maker().apply(usual.defaults());
        }
        YamlValue written = fields.need("application");
        if (!(written instanceof Mapping mapping)) {
            ServiceForm form =
                    catalogue.service(
                            Fields.oneOf(written, "application", catalogue.serviceNames()));
            return form.maker().apply(form.defaults());
        }
        Fields.of(mapping, "'application'", catalogue.serviceNames());
        if (mapping.entries().size() != 1) {
            throw new UserMistake(
                    mapping.place(), "'application' names one service, such as 'bank'");
        }
        Entry entry = mapping.entries().getFirst();
        ServiceForm form = catalogue.service(entry.key());
        return form.maker()
                .apply(
                        RecordForm.read(
                                entry.value().mapping("'" + entry.key() + "'"),
                                "'" + entry.key() + "'",
                                form.defaults()));
    }

    private static Optional<Mapping> section(Fields fields, String key) {
        return fields.find(key).map(value -> value.mapping("'" + key + "'"));
    }

    private static <R extends Record> R record(Fields fields, String key, R defaults) {
        return section(fields, key)
                .map(mapping -> RecordForm.read(mapping, "'" + key + "'", defaults))
                .orElse(defaults);
    }

    /** The faults as the file says them, without its brackets. */
    private static String sentence(YamlValue faults) {
        List<String> items =
                faults.items().stream()
                        .map(item -> item.written().replaceAll("^\\{|\\}$", ""))
                        .toList();
        return items.isEmpty() ? "nothing goes wrong" : String.join("; ", items);
    }
}
