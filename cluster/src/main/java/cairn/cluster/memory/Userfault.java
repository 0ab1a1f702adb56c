package cairn.cluster.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A descriptor of userfaultfd(2) that write-protects pages: either each store to a protected page
 * stops until the page is unprotected, and is told of; or the kernel lets it pass and notes it. One
 * descriptor knows one of the two ways. Lengths are in bytes, of whole pages.
 *
 * <p>Layouts and numbers are those of {@code linux/userfaultfd.h} of Linux 6.7. That version is
 * needed for the asynchronous way; 6.4 for pages that were never stored to, 5.19 for shared memory.
 * Only stores of user mode are stopped, which takes no privilege since 5.11.
 */
final class Userfault implements AutoCloseable {

    private static final long USER_MODE_ONLY = 1;
    private static final long CLOSE_ON_EXEC = 0x80000;
    private static final long NON_BLOCKING = 0x800;

    private static final long API = 0xC018AA3FL;
    private static final long REGISTER = 0xC020AA00L;
    private static final long UNREGISTER = 0x8010AA01L;
    private static final long WRITE_PROTECT = 0xC018AA06L;

    private static final long VERSION = 0xAA;
    private static final long FLAG_WP = 1;
    private static final long WP_SHMEM = 1 << 12;
    private static final long WP_UNPOPULATED = 1 << 13;
    private static final long WP_ASYNC = 1 << 15;
    private static final long MODE_WP = 1 << 1;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    /**
     * What is read of a descriptor: 0 event, 8 flags, 16 address; the rest is of other kinds of
     * events.
     */
    private static final int MESSAGE_BYTES = 32;

    private static final byte PAGE_FAULT = 0x12;
    private static final long FAULT_FLAGS_AT = 8;
    private static final long FAULT_ADDRESS_AT = 16;
    private static final long WRITE_TO_PROTECTED = 1 << 1;

    private final int descriptor;

    private Userfault(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Stores to protected pages are stopped, and {@link #next} tells of them. */
    static Userfault stopping() throws Unavailable {
        return open(FLAG_WP | WP_SHMEM | WP_UNPOPULATED);
    }

    /** Stores to protected pages pass, and unprotect their page. */
    static Userfault noting() throws Unavailable {
        return open(FLAG_WP | WP_SHMEM | WP_UNPOPULATED | WP_ASYNC);
    }

    private static Userfault open(long features) throws Unavailable {
        var opened = new Userfault(opened());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment api = arena.allocate(LONG, 3);
            api.setAtIndex(LONG, 0, VERSION);
            api.setAtIndex(LONG, 1, features);
            Linux.ioctl("UFFDIO_API", opened.descriptor, API, api);
        } catch (Linux.Refused e) {
            opened.close();
            throw new Unavailable(
                    "its kernel ("
                            + System.getProperty("os.version")
                            + ") is too old: write protection by userfaultfd that can also only"
                            + " note stores is in Linux 6.7 and newer");
        }
        return opened;
    }

    private static int opened() throws Unavailable {
        String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
        try {
            if (!Linux.isHere()) {
                throw new Unavailable("it is " + system + ", and not Linux on amd64 or aarch64");
            }
            return Linux.userfaultfd(USER_MODE_ONLY | CLOSE_ON_EXEC | NON_BLOCKING);
        } catch (Linux.Refused e) {
            throw new Unavailable(
                    e.errno() == Linux.EPERM
                            ? "userfaultfd is not permitted: a container's seccomp filter forbids"
                                    + " it, or vm.unprivileged_userfaultfd does"
                            : "its kernel has no userfaultfd (" + e.getMessage() + ")");
        } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
            throw new Unavailable(
                    "Java may not call native functions here: start it with"
                            + " --enable-native-access=ALL-UNNAMED");
        }
    }

    int descriptor() {
        return descriptor;
    }

    /** Takes a range of memory into its care; no page of it is protected yet. */
    void register(long address, long length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment range = arena.allocate(LONG, 4);
            range.setAtIndex(LONG, 0, address);
            range.setAtIndex(LONG, 1, length);
            range.setAtIndex(LONG, 2, MODE_WP);
            Linux.ioctl("UFFDIO_REGISTER", descriptor, REGISTER, range);
        }
    }

    /** Gives it up again: no page of it is protected; but who was stopped stands until told. */
    void unregister(long address, long length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment range = arena.allocate(LONG, 2);
            range.setAtIndex(LONG, 0, address);
            range.setAtIndex(LONG, 1, length);
            Linux.ioctl("UFFDIO_UNREGISTER", descriptor, UNREGISTER, range);
        }
    }

    /** Protects pages, or lets stores to them pass; who was stopped then goes on. */
    void protect(long address, long length, boolean isProtected) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment range = arena.allocate(LONG, 3);
            range.setAtIndex(LONG, 0, address);
            range.setAtIndex(LONG, 1, length);
            range.setAtIndex(LONG, 2, isProtected ? 1 : 0);
            Linux.ioctl("UFFDIO_WRITEPROTECT", descriptor, WRITE_PROTECT, range);
        }
    }

    /**
     * The address of a store that was stopped and not told of yet, or -1 if there is none.
     *
     * @param message of {@link #message}
     */
    long next(MemorySegment message) {
        try {
            Linux.read(descriptor, message);
        } catch (Linux.Refused e) {
            if (e.errno() == Linux.EAGAIN) {
                return -1;
            }
            throw e;
        }
        byte event = message.get(ValueLayout.JAVA_BYTE, 0);
        long flags = message.get(LONG, FAULT_FLAGS_AT);
        if (event != PAGE_FAULT || (flags & WRITE_TO_PROTECTED) == 0) {
            throw new IllegalStateException(
                    "not a store to a protected page: event " + event + ", flags " + flags);
        }
        return message.get(LONG, FAULT_ADDRESS_AT);
    }

    /** Room for what is read of it. */
    static MemorySegment message(Arena arena) {
        return arena.allocate(MESSAGE_BYTES, Long.BYTES);
    }

    @Override
    public void close() {
        Linux.close(descriptor);
    }
}
