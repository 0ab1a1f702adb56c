package cairn.experiment.catalogue;

import cairn.experiment.file.RecordForm;
import cairn.experiment.file.Setting;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.Protocol;
import cairn.model.computation.Computation;
import cairn.model.service.Service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/**
 * A protocol as experiment files order it.
 *
 * @param name the name in experiment files
 * @param summary what it is, in a sentence
 * @param defaults its settings, as they are if the file says nothing
 * @param remarks what each setting decides, by the name of the record's component
 * @param maker makes the protocol
 * @param most how much of what is protected a setting can be about at the most, by the name of the
 *     record's component; a default may be more, and is then as much as there is
 */
public record ProtocolForm(
        String name,
        String summary,
        Record defaults,
        Map<String, String> remarks,
        Maker maker,
        Map<String, ToIntFunction<Computation>> most) {

    /**
     * Makes a protocol from its settings, what it protects, and what processors cost. It throws
     * {@link IllegalArgumentException} if the settings do not fit what it protects.
     */
    public sealed interface Maker {}

    /** Makes a protocol that protects a service. */
    public non-sealed interface OfService extends Maker {
        Protocol<?> make(Record settings, Service service, int clients, CpuCosts cpu);
    }

    /** Makes a protocol that protects a computation. */
    public non-sealed interface OfComputation extends Maker {
        Protocol<?> make(Record settings, Computation computation, CpuCosts cpu);
    }

    /** A protocol that protects a service. */
    public static ProtocolForm ofService(
            String name,
            String summary,
            Record defaults,
            Map<String, String> remarks,
            OfService maker) {
        return new ProtocolForm(name, summary, defaults, remarks, maker, Map.of());
    }

    /** A protocol that protects a computation. */
    public static ProtocolForm ofComputation(
            String name,
            String summary,
            Record defaults,
            Map<String, String> remarks,
            OfComputation maker) {
        return new ProtocolForm(name, summary, defaults, remarks, maker, Map.of());
    }

    /** The same form, with a setting that can be no more than this of a computation. */
    ProtocolForm with(String component, ToIntFunction<Computation> limit) {
        var limits = new LinkedHashMap<>(most);
        limits.put(component, limit);
        return new ProtocolForm(name, summary, defaults, remarks, maker, limits);
    }

    /** The most that a setting can be of what is protected, if there is a limit. */
    public OptionalInt most(Setting setting, Application application) {
        ToIntFunction<Computation> limit = most.get(setting.component());
        return limit != null && application instanceof Application.Parallel(var computation, var _)
                ? OptionalInt.of(limit.applyAsInt(computation))
                : OptionalInt.empty();
    }

    /** Whether it protects an application of this kind. */
    public boolean protects(Application application) {
        return switch (application) {
            case Application.Served _ -> maker instanceof OfService;
            case Application.Parallel _ -> maker instanceof OfComputation;
        };
    }

    /** The protocol around an application; throws if it does not protect one of this kind. */
    public Protocol<?> make(Record settings, Application application, CpuCosts cpu) {
        if (application instanceof Application.Served(var service, var workload)
                && maker instanceof OfService ofService) {
            return ofService.make(settings, service, workload.clients(), cpu);
        }
        if (application instanceof Application.Parallel(var computation, var _)
                && maker instanceof OfComputation ofComputation) {
            return ofComputation.make(settings, computation, cpu);
        }
        throw new IllegalArgumentException(
                maker instanceof OfService
                        ? "protects a service, and '" + application.name() + "' is a computation"
                        : "protects a computation, and '" + application.name() + "' is a service");
    }

    /** Its settings, in the order of the record. */
    public List<Setting> settings() {
        return RecordForm.of(defaults).settings();
    }

    /** What a setting decides. */
    public String remark(Setting setting) {
        return remarks.getOrDefault(setting.component(), "");
    }
}
