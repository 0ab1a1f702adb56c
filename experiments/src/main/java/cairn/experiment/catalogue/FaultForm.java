package cairn.experiment.catalogue;

import cairn.experiment.file.RecordForm;
import cairn.experiment.file.Setting;
import cairn.model.NodeId;
import cairn.model.Records;
import cairn.model.fault.Fault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How a fault is written: {@code power loss: pmu-1}, or with two places {@code link cut: primary ->
 * pmu-1}, and its amounts as further keys.
 *
 * @param type the record of the fault
 * @param description what it does, in a clause
 */
public record FaultForm(Class<? extends Record> type, String description) {

    /** The name in experiment files. */
    public String name() {
        String words =
                type.getSimpleName().replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        // What everybody calls a crash is one of the process; a clock is wrong by skew and by
        // drift.
        return words.equals("process crash") ? "crash" : words;
    }

    /** Whether it strikes the way between two machines. */
    public boolean isOfLink() {
        return Fault.OfLink.class.isAssignableFrom(type);
    }

    /** Whether it strikes several machines as one fault. */
    public boolean isOfDomain() {
        return Fault.OfDomain.class.isAssignableFrom(type);
    }

    /** How many places it has: one, two ends, or two ends and who receives instead. */
    public int places() {
        return (int)
                Arrays.stream(type.getRecordComponents())
                        .filter(component -> component.getType() == NodeId.class)
                        .count();
    }

    /** The amounts that it has beside its places. */
    public List<Setting> amounts() {
        return RecordForm.of(type).settings().stream()
                .filter(setting -> setting.type() != NodeId.class && setting.type() != List.class)
                .toList();
    }

    /**
     * The fault at its places; throws {@link IllegalArgumentException} if an amount is out of
     * range.
     */
    public Fault make(List<NodeId> places, List<Object> amounts) {
        var values = new ArrayList<Object>();
        if (isOfDomain()) {
            values.add(places);
        } else {
            values.addAll(places);
        }
        values.addAll(amounts);
        return (Fault) Records.make(type, values.toArray());
    }

    /** The records of all faults, from the sealed hierarchy. */
    public static List<Class<?>> types() {
        return types(Fault.class).toList();
    }

    private static Stream<Class<?>> types(Class<?> group) {
        return group.isSealed()
                ? Arrays.stream(group.getPermittedSubclasses()).flatMap(FaultForm::types)
                : Stream.of(group);
    }
}
