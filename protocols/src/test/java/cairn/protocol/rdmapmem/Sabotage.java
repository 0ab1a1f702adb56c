package cairn.protocol.rdmapmem;

import cairn.model.Acknowledgement;
import cairn.model.CpuCosts;
import cairn.model.Protocol;
import cairn.model.fault.FaultKind;
import cairn.model.service.Service;
import cairn.part.pmu.PersistMethod;
import cairn.part.sets.StoreMode;

import java.util.List;
import java.util.function.Supplier;

/**
 * The protocol with one rule broken.
 *
 * @param id the row of the list of bugs, such as A14
 * @param name what is wrong, in two or three words
 * @param caughtBy the properties of which one must report it
 * @param faults the kinds of faults that expose it
 * @param directCacheAccess whether it shows on a platform with DDIO on
 * @param settings the settings under which it shows
 * @param rules makes the broken rules; anew for each run, since some remember
 */
public record Sabotage(
        String id,
        String name,
        List<String> caughtBy,
        List<FaultKind> faults,
        boolean directCacheAccess,
        RdmaPmemSettings settings,
        Supplier<? extends Object> rules) {

    /** As by default, but quick to suspect and to give up: a run sees more failures. */
    static final RdmaPmemSettings PLAIN =
            new RdmaPmemSettings(
                    BackupMode.HOT,
                    1,
                    1,
                    StoreMode.OVERWRITE,
                    4,
                    8,
                    false,
                    PersistMethod.NATIVE_FLUSH,
                    Acknowledgement.DURABLE,
                    1,
                    256,
                    100_000,
                    400_000,
                    4);

    public Sabotage {
        caughtBy = List.copyOf(caughtBy);
        faults = List.copyOf(faults);
    }

    /** The sabotaged protocol, for one run. */
    public Protocol<RdmaPmemMessage> protocol(Service service, int clients, CpuCosts costs) {
        return new RdmaPmem(settings, service, clients, costs, (Rules) rules.get());
    }

    /** The protocol without the mistake; where the settings are the mistake, under sound ones. */
    public Protocol<RdmaPmemMessage> sound(Service service, int clients, CpuCosts costs) {
        RdmaPmemSettings sound = rules.get().equals(Rules.SOUND) ? PLAIN : settings;
        return new RdmaPmem(sound, service, clients, costs);
    }

    @Override
    public String toString() {
        return id + " " + name;
    }
}
