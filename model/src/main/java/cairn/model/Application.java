package cairn.model;

import cairn.model.computation.Computation;
import cairn.model.computation.Reference;
import cairn.model.service.Service;
import cairn.model.service.Workload;

/** What a protocol protects. */
public sealed interface Application {

    /** The name in experiment files. */
    String name();

    /** How many processes it has: one for a service, whoever is its primary; or the ranks. */
    int processes();

    /** How many clients it has. */
    int clients();

    /** A service, and what its clients want. */
    record Served(Service service, Workload workload) implements Application {
        @Override
        public String name() {
            return service.name();
        }

        @Override
        public int processes() {
            return 1;
        }

        @Override
        public int clients() {
            return workload.clients();
        }
    }

    /**
     * A parallel computation.
     *
     * @param reference what it comes to when nothing fails
     */
    record Parallel(Computation computation, Reference reference) implements Application {

        /** A computation whose reference is computed now. */
        public Parallel(Computation computation) {
            this(computation, Reference.of(computation));
        }

        @Override
        public String name() {
            return computation.name();
        }

        @Override
        public int processes() {
            return computation.ranks();
        }

        @Override
        public int clients() {
            return 0;
        }
    }
}
