package cairn.application.keyvalue;

import cairn.application.keyvalue.KeyValueOperation.CompareAndSet;
import cairn.application.keyvalue.KeyValueOperation.Get;
import cairn.application.keyvalue.KeyValueOperation.Put;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.model.choice.Mix;
import cairn.model.memory.Memory;
import cairn.model.service.Operation;
import cairn.model.service.OperationSource;
import cairn.model.service.Service;
import cairn.model.service.Specification;

/**
 * Values of eight bytes as an array in memory, zero before the first write. No value is written
 * twice, so an answer says from which write it is.
 */
public final class KeyValue implements Service {

    private static final long OPERATION_NANOS = 150;

    private final KeyValueSettings settings;

    public KeyValue(KeyValueSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "key-value";
    }

    @Override
    public long memoryBytes() {
        return (long) settings.keys() * Long.BYTES;
    }

    @Override
    public void initialise(Memory memory) {
        // Zeroed memory is the initial state.
    }

    @Override
    public long apply(Operation operation, Memory memory) {
        KeyValueOperation ofKey = (KeyValueOperation) operation;
        long at = (long) ofKey.key() * Long.BYTES;
        long found = memory.readLong(at);
        switch (ofKey) {
            case Get _ -> {
                // The value stays.
            }
            case Put(int _, long value) -> memory.writeLong(at, value);
            case CompareAndSet(int _, long expected, long value) -> {
                if (found == expected) {
                    memory.writeLong(at, value);
                }
            }
        }
        return found;
    }

    @Override
    public long costNanos(Operation operation) {
        return OPERATION_NANOS;
    }

    /**
     * A client compares with what it last wrote to that key, if it still remembers: it expects what
     * it is likely to find on a cold key, and is often wrong on a hot one.
     */
    @Override
    public OperationSource operations(String client, Choices choices) {
        Choice kind = new Choice("operation " + client, new Law.Uniform(0, 999_999), choices);
        Choice hot = new Choice("hot " + client, new Law.Chance(settings.hotShare()), choices);
        Choice hotKey = new Choice("hot key " + client, new Law.Pick(settings.hotKeys()), choices);
        Choice anyKey = new Choice("key " + client, new Law.Pick(settings.keys()), choices);
        double gets = settings.getShare() * 1e6;
        double compares = gets + settings.compareShare() * 1e6;
        Written written = new Written(Mix.text(client));
        return () -> {
            long drawn = kind.ask();
            int key = (int) (hot.happens() ? hotKey.ask() : anyKey.ask());
            if (drawn < gets) {
                return new Get(key);
            }
            long expected = written.last(key);
            long value = written.next(key);
            return drawn < compares ? new CompareAndSet(key, expected, value) : new Put(key, value);
        };
    }

    @Override
    public Specification specification() {
        return new KeyValueSpecification(settings.keys());
    }
}
