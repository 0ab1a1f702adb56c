package cairn.model.service;

import cairn.model.memory.Memory;
import cairn.model.memory.Shifted;

/**
 * A service that answers each request once, however often it is asked. It remembers, in the same
 * memory, the number and the result of every client's last request (client sessions, section 6.3 of
 * Ongaro's dissertation on Raft), so a restored image knows exactly the requests that it contains
 * (DJ-12).
 *
 * <p>Layout: 16 bytes for each client (number, result), then the service's own memory, aligned to a
 * page.
 */
public final class Sessions {

    private static final int SLOT_BYTES = 16;
    private static final int PAGE_BYTES = 4096;

    private final Service service;
    private final int firstClient;
    private final int clients;
    private final long serviceBase;

    /** Sessions for {@code clients} clients whose node indices start at {@code firstClient}. */
    public Sessions(Service service, int firstClient, int clients) {
        this.service = service;
        this.firstClient = firstClient;
        this.clients = clients;
        this.serviceBase = ((long) clients * SLOT_BYTES + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    }

    /** Bytes of memory that sessions and service need, whole pages. */
    public long memoryBytes() {
        return serviceBase + (service.memoryBytes() + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    }

    /** Writes the initial state into zeroed memory. */
    public void initialise(Memory memory) {
        service.initialise(new Shifted(memory, serviceBase));
    }

    /**
     * Whether a request that changes the state was executed on this memory; its result can then be
     * looked up.
     */
    public boolean knows(Request request, Memory memory) {
        return memory.readLong(slot(request)) >= request.number();
    }

    /**
     * The result of a client's last request, which {@link #knows} must have confirmed to be this
     * one.
     */
    public long result(Request request, Memory memory) {
        return memory.readLong(slot(request) + Long.BYTES);
    }

    /**
     * Executes a request that is not yet known and remembers it; one that only reads is not
     * remembered, since executing it again does no harm.
     */
    public long execute(Request request, Memory memory) {
        if (knows(request, memory)) {
            throw new IllegalStateException("executed before: " + request);
        }
        long result = service.apply(request.operation(), new Shifted(memory, serviceBase));
        if (request.operation().isReadOnly()) {
            return result;
        }
        memory.writeLong(slot(request), request.number());
        memory.writeLong(slot(request) + Long.BYTES, result);
        return result;
    }

    /** The CPU time that a request takes, in nanoseconds. */
    public long costNanos(Request request) {
        return service.costNanos(request.operation());
    }

    private long slot(Request request) {
        int client = request.client().index() - firstClient;
        if (client < 0 || client >= clients) {
            throw new IllegalArgumentException("not a client of this service: " + request);
        }
        return (long) client * SLOT_BYTES;
    }
}
