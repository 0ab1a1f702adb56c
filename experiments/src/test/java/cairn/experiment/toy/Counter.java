package cairn.experiment.toy;

import cairn.model.choice.Choices;
import cairn.model.memory.Memory;
import cairn.model.service.Operation;
import cairn.model.service.OperationSource;
import cairn.model.service.Service;
import cairn.model.service.Specification;

/** The least service: each request adds and returns the sum. */
final class Counter implements Service {

    /** How much a request adds. */
    record Settings(int step) {}

    /** Adds. */
    record Increment() implements Operation {
        @Override
        public int bytes() {
            return 8;
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }
    }

    private final int step;

    Counter(Record settings) {
        this.step = ((Settings) settings).step();
    }

    @Override
    public String name() {
        return "counter";
    }

    @Override
    public long memoryBytes() {
        return 8;
    }

    @Override
    public void initialise(Memory memory) {
        // Zero is where it starts.
    }

    @Override
    public long apply(Operation operation, Memory memory) {
        memory.writeLong(0, memory.readLong(0) + step);
        return memory.readLong(0);
    }

    @Override
    public long costNanos(Operation operation) {
        return 20_000;
    }

    @Override
    public OperationSource operations(String client, Choices choices) {
        return Increment::new;
    }

    @Override
    public Specification specification() {
        throw new UnsupportedOperationException("histories of the counter are not judged");
    }
}
