package cairn.cluster.probe;

import cairn.model.choice.Choices;
import cairn.model.memory.Memory;
import cairn.model.service.Operation;
import cairn.model.service.OperationSource;
import cairn.model.service.Service;
import cairn.model.service.Specification;

/** A service that does nothing. */
final class Idle implements Service {

    /** A wish of a size. */
    @SuppressWarnings("ArrayRecordComponent")
    record Wish(byte[] content) implements Operation {
        @Override
        public int bytes() {
            return content.length;
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }
    }

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public long memoryBytes() {
        return 0;
    }

    @Override
    public void initialise(Memory memory) {
        // There is no state.
    }

    @Override
    public long apply(Operation operation, Memory memory) {
        return 0;
    }

    @Override
    public long costNanos(Operation operation) {
        return 0;
    }

    @Override
    public OperationSource operations(String client, Choices choices) {
        return () -> new Wish(new byte[0]);
    }

    @Override
    public Specification specification() {
        throw new UnsupportedOperationException("nobody judges a service that does nothing");
    }
}
