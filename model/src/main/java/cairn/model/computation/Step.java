package cairn.model.computation;

/**
 * What a thread of a rank does next. A step stores to one range of memory at the most, beside the
 * thread's control variables, so that a store to a protected page stops it before anything has
 * changed.
 */
public sealed interface Step {

    /** Where it stores, control variables apart. */
    Span stores();

    /**
     * Computes for a while; the stores take effect at the end.
     *
     * @param nanos how long a core needs
     */
    record Compute(long nanos, Span stores) implements Step {
        public Compute {
            if (nanos < 0) {
                throw new IllegalArgumentException("time does not run backwards: " + nanos);
            }
        }
    }

    /** Sends a range of memory to another rank. */
    record Send(int to, Span content) implements Step {
        @Override
        public Span stores() {
            return Span.NONE;
        }
    }

    /**
     * Waits for the next message of a rank, or of any, which is put in a range of memory.
     *
     * @param from the rank, or {@link #ANY}
     */
    record Receive(int from, Span stores) implements Step {

        /** From whoever is first: what decides that is not determined by the computation. */
        public static final int ANY = -1;
    }

    /**
     * Unmaps a range of whole pages and maps it anew: it is zero.
     *
     * @param range begins and ends at a page's border
     */
    record Remap(Span range) implements Step {
        @Override
        public Span stores() {
            return Span.NONE;
        }
    }

    /** Hands a value to the outside world, which cannot give it back. */
    record Output(long value) implements Step {
        @Override
        public Span stores() {
            return Span.NONE;
        }
    }

    /**
     * Reads eight bytes of the outside world, which nobody can be asked for again. They are in
     * their place when the step is performed; which pages that touches does not depend on them.
     */
    record Input(long address) implements Step {
        @Override
        public Span stores() {
            return new Span(address, Long.BYTES);
        }
    }

    /** Ends the rank with a result. */
    record Finish(long result) implements Step {
        @Override
        public Span stores() {
            return Span.NONE;
        }
    }

    /** Ends a thread that is not the rank's first. */
    record Exit() implements Step {
        @Override
        public Span stores() {
            return Span.NONE;
        }
    }
}
