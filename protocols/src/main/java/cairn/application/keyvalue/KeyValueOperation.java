package cairn.application.keyvalue;

import cairn.model.service.Operation;

/** What a client wants of the key-value service. */
public sealed interface KeyValueOperation extends Operation {

    /** The one key that it is about. */
    int key();

    /** The result is the value; zero if none was ever put. */
    record Get(int key) implements KeyValueOperation {

        @Override
        public int bytes() {
            return 4;
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }
    }

    /** The result is the value that was there before. */
    record Put(int key, long value) implements KeyValueOperation {

        @Override
        public int bytes() {
            return 12;
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }
    }

    /**
     * Puts a value if another one is there. The result is the value that was found: if it is the
     * expected one, it was replaced.
     */
    record CompareAndSet(int key, long expected, long value) implements KeyValueOperation {

        @Override
        public int bytes() {
            return 20;
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }
    }
}
