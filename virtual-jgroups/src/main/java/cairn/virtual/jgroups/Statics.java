package cairn.virtual.jgroups;

import org.jgroups.blocks.RequestCorrelator;
import org.jgroups.logging.LogFactory;
import org.jgroups.protocols.COUNTER;
import org.jgroups.util.LazyRemovalCache;
import org.jgroups.util.MergeId;
import org.jgroups.util.NameCache;

import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What JGroups 5.5.7 keeps in static fields: in reality one for each process, here one for all, and
 * left over from the run before. Each run begins with what a fresh JVM has.
 */
public final class Statics {

    private Statics() {}

    /** Makes them what they are in a fresh JVM. */
    public static void reset() {
        LogFactory.useNoopLogger(!Boolean.getBoolean("cairn.jgroups.log"));
        try {
            ((LazyRemovalCache<?, ?>) of(NameCache.class, "cache").get(null)).clear(true);
            of(MergeId.class, "LAST_ID").setInt(null, 1);
            ((AtomicLong) of(RequestCorrelator.class, "REQUEST_ID").get(null)).set(1);
            ((AtomicLong) of(COUNTER.class, "REQUEST_ID_GENERATOR").get(null)).set(0);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "this JGroups keeps its numbers elsewhere than 5.5.7 does", e);
        }
    }

    private static Field of(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
