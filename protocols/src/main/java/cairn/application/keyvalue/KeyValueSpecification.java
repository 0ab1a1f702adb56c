package cairn.application.keyvalue;

import cairn.application.keyvalue.KeyValueOperation.CompareAndSet;
import cairn.application.keyvalue.KeyValueOperation.Get;
import cairn.application.keyvalue.KeyValueOperation.Put;
import cairn.model.service.Operation;
import cairn.model.service.Specification;

import java.util.Arrays;

/** What the key-value service may answer, one operation after another: each key is a register. */
final class KeyValueSpecification implements Specification {

    private final int keys;

    KeyValueSpecification(int keys) {
        this.keys = keys;
    }

    @Override
    public State start() {
        return new Registers(keys);
    }

    /** It conserves nothing: every value is possible. */
    @Override
    public boolean conserves(Operation operation, long result) {
        return true;
    }

    /** Keys have nothing to do with each other. */
    @Override
    public boolean commute(Operation one, Operation other) {
        return ((KeyValueOperation) one).key() != ((KeyValueOperation) other).key()
                || (one.isReadOnly() && other.isReadOnly());
    }

    /** Values, and a stack of the key that each step touched and the value that it found. */
    private static final class Registers implements State {

        private final long[] values;
        private int[] touched = new int[64];
        private long[] found = new long[64];
        private int steps;

        Registers(int keys) {
            values = new long[keys];
        }

        @Override
        public boolean step(Operation operation, long result) {
            if (values[((KeyValueOperation) operation).key()] != result) {
                return false;
            }
            step(operation);
            return true;
        }

        @Override
        public void step(Operation operation) {
            KeyValueOperation ofKey = (KeyValueOperation) operation;
            if (steps == touched.length) {
                touched = Arrays.copyOf(touched, 2 * steps);
                found = Arrays.copyOf(found, 2 * steps);
            }
            int key = ofKey.key();
            touched[steps] = key;
            found[steps++] = values[key];
            switch (ofKey) {
                case Get _ -> {
                    // The value stays.
                }
                case Put(int _, long value) -> values[key] = value;
                case CompareAndSet(int _, long expected, long value) -> {
                    if (values[key] == expected) {
                        values[key] = value;
                    }
                }
            }
        }

        @Override
        public void undo() {
            if (steps == 0) {
                throw new IllegalStateException("no step is left to take back");
            }
            steps--;
            values[touched[steps]] = found[steps];
        }

        @Override
        public Object snapshot() {
            return new Snapshot(values.clone(), Arrays.hashCode(values));
        }
    }

    /** All values, with a hash that is computed once. */
    private static final class Snapshot {

        private final long[] values;
        private final int hash;

        Snapshot(long[] values, int hash) {
            this.values = values;
            this.hash = hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Snapshot snapshot
                    && hash == snapshot.hash
                    && Arrays.equals(values, snapshot.values);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
