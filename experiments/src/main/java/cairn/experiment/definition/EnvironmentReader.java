package cairn.experiment.definition;

import cairn.experiment.catalogue.Surroundings;
import cairn.experiment.file.Fields;
import cairn.experiment.file.LawForm;
import cairn.experiment.file.RecordForm;
import cairn.experiment.file.Setting;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.model.choice.Law;
import cairn.rdma.PersistenceDomain;
import cairn.rdma.Platform;
import cairn.simulator.Environment;
import cairn.simulator.disk.DiskCosts;

import java.util.List;

/** Reads what machines and networks are like. */
final class EnvironmentReader {

    private static final String MODEL = "model";
    static final String DETECTION = "detection";

    /** What stands for {@link Environment#OWN_TIMERS}. */
    static final String OWN = "own timers";

    private static final List<String> KEYS =
            List.of(
                    MODEL,
                    "persistence domain",
                    "ddio",
                    "native flush",
                    "completions",
                    "cpu",
                    "network",
                    "rdma",
                    "disk",
                    DETECTION,
                    "host");
    private static final List<PersistenceDomain> DOMAINS = List.of(PersistenceDomain.values());
    static final List<String> WAITS = List.of("polling", "interrupt");

    private EnvironmentReader() {}

    /** An environment; what it does not say is as its {@code model} says, or as usual. */
    static Environment read(Mapping mapping) {
        Fields fields = Fields.of(mapping, "an environment", KEYS);
        return read(
                fields,
                fields.find(MODEL)
                        .map(model ->
                                CostModels.environment(
                                        Fields.oneOf(model, "environment", CostModels.NAMES)))
                        .map(EnvironmentReader::read)
                        .orElse(Surroundings.DEFAULT));
    }

    private static Environment read(Fields fields, Environment base) {
        return new Environment(
                part(fields, "cpu", base.cpu()),
                part(fields, "network", base.network()),
                part(fields, "rdma", base.rdma()),
                platform(fields, base.platform()),
                fields.find("disk").map(value -> disk(value, base)).orElse(base.disk()),
                fields.find("completions")
                        .map(value -> Fields.oneOf(value, "completions", WAITS).equals("interrupt"))
                        .orElse(base.waitsForCompletions()),
                fields.find(DETECTION).map(EnvironmentReader::detection).orElse(base.detection()),
                part(fields, "host", base.host()));
    }

    /** A law, or the word that leaves it to the protocols. */
    private static Law detection(YamlValue value) {
        if (value instanceof YamlValue.Scalar scalar && scalar.text().equals(OWN)) {
            return Environment.OWN_TIMERS;
        }
        Law law = LawForm.read(value, DETECTION);
        if (law.least() < 1) {
            throw new UserMistake(
                    value.place(), "'" + DETECTION + "': a failure is noticed after some time");
        }
        return law;
    }

    private static Platform platform(Fields fields, Platform base) {
        return new Platform(
                fields.find("persistence domain")
                        .map(value ->
                                Fields.oneOf(value, "persistence domain", DOMAINS, Setting::word))
                        .orElse(base.domain()),
                fields.find("ddio")
                        .map(value -> Fields.isOn(value, "ddio"))
                        .orElse(base.directCacheAccess()),
                fields.find("native flush")
                        .map(value -> Fields.isOn(value, "native flush"))
                        .orElse(base.nativePersistentFlush()));
    }

    private static <R extends Record> R part(Fields fields, String key, R base) {
        return fields.find(key)
                .map(value ->
                        RecordForm.read(value.mapping("'" + key + "'"), "'" + key + "'", base))
                .orElse(base);
    }

    /** A disk by its name, or {@code {model: nvme-plp}} with more keys that differ from it. */
    private static DiskCosts disk(YamlValue value, Environment environment) {
        List<String> names = List.copyOf(Surroundings.DISKS.sequencedKeySet());
        if (!(value instanceof Mapping mapping)) {
            return model(Fields.oneOf(value, "disk", names));
        }
        DiskCosts base =
                mapping.get("model")
                        .map(model -> model(Fields.oneOf(model, "disk", names)))
                        .orElse(environment.disk());
        DiskCosts read = RecordForm.read(mapping.without("model"), "'disk'", base);
        return mapping.get("sync").isPresent() && mapping.get("directory sync").isEmpty()
                ? read.withDirectorySync(read.sync())
                : read;
    }

    private static DiskCosts model(String name) {
        return Surroundings.DISKS.getOrDefault(name, Surroundings.DEFAULT.disk());
    }
}
