package cairn.cluster.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * The calls of Linux that protected pages need, and nothing else of it. All are ordinary downcalls:
 * a thread that is stopped in one is outside of Java, and no safepoint waits for it. Addresses and
 * file descriptors are numbers here; layouts are those of 64-bit machines.
 */
final class Linux {

    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int EAGAIN = 11;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_AT =
            STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SYSCALL =
            variadic("syscall", 1, FunctionDescriptor.of(LONG, LONG, LONG, LONG));
    private static final MethodHandle IOCTL =
            variadic("ioctl", 2, FunctionDescriptor.of(INT, INT, LONG, LONG));
    private static final MethodHandle OPEN =
            variadic("open", 2, FunctionDescriptor.of(INT, LONG, INT));
    private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle READ =
            call("read", FunctionDescriptor.of(LONG, INT, LONG, LONG));
    private static final MethodHandle WRITE =
            call("write", FunctionDescriptor.of(LONG, INT, LONG, LONG));
    private static final MethodHandle POLL =
            call("poll", FunctionDescriptor.of(INT, LONG, LONG, INT));
    private static final MethodHandle EVENTFD =
            call("eventfd", FunctionDescriptor.of(INT, INT, INT));
    private static final MethodHandle TRUNCATE =
            call("ftruncate", FunctionDescriptor.of(INT, INT, LONG));
    private static final MethodHandle ALLOCATE =
            call("fallocate", FunctionDescriptor.of(INT, INT, INT, LONG, LONG));
    private static final MethodHandle MAP =
            call("mmap", FunctionDescriptor.of(LONG, LONG, LONG, INT, INT, INT, LONG));
    private static final MethodHandle UNMAP =
            call("munmap", FunctionDescriptor.of(INT, LONG, LONG));
    private static final MethodHandle ADVISE =
            call("madvise", FunctionDescriptor.of(INT, LONG, LONG, INT));
    private static final MethodHandle EXPLAIN =
            linked("strerror", FunctionDescriptor.of(LONG, INT));
    private static final MethodHandle COPY =
            linked("memcpy", FunctionDescriptor.of(LONG, LONG, LONG, LONG));
    private static final MethodHandle FILL =
            linked("memset", FunctionDescriptor.of(LONG, LONG, INT, LONG));

    /** Numbers of system calls that the C library has no function for, or only newer ones have. */
    private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));

    private static final long USERFAULTFD = ARM ? 282 : 323;
    private static final long MEMFD_CREATE = ARM ? 279 : 319;
    private static final long CLOSE_ON_EXEC = 1;

    private Linux() {}

    /** Whether the numbers and layouts here are those of this machine. */
    static boolean isHere() {
        return "Linux".equals(System.getProperty("os.name"))
                && List.of("amd64", "aarch64").contains(System.getProperty("os.arch"));
    }

    /** A call was refused. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final int errno;

        private Refused(String call, int errno) {
            super(call + ": " + explanation(errno));
            this.errno = errno;
        }

        int errno() {
            return errno;
        }
    }

    @FunctionalInterface
    private interface Call {
        /** Makes it; what it leaves in errno goes into the state. */
        long in(MemorySegment state) throws Throwable;
    }

    // A foreign function is what this class is for: the signatures are those of the C library.
    @SuppressWarnings("restricted")
    private static MethodHandle linked(
            String name, FunctionDescriptor types, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), types, options);
    }

    private static MethodHandle call(String name, FunctionDescriptor types) {
        return linked(name, types, Linker.Option.captureCallState("errno"));
    }

    /** One whose arguments after the first few are variadic, which some machines pass otherwise. */
    private static MethodHandle variadic(String name, int first, FunctionDescriptor types) {
        return linked(
                name,
                types,
                Linker.Option.firstVariadicArg(first),
                Linker.Option.captureCallState("errno"));
    }

    private static long checked(String name, Call call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = made(call, state);
            if (result == -1) {
                throw new Refused(name, state.get(INT, ERRNO_AT));
            }
            return result;
        }
    }

    private static long made(Call call, MemorySegment state) {
        try {
            return call.in(state);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native call threw", e);
        }
    }

    private static String explanation(int errno) {
        long text = made(_ -> (long) EXPLAIN.invokeExact(errno), MemorySegment.NULL);
        return segment(text, Integer.MAX_VALUE).getString(0);
    }

    /** The memory at an address, which is so long because the kernel or the C library says so. */
    @SuppressWarnings("restricted")
    static MemorySegment segment(long address, long length) {
        return MemorySegment.ofAddress(address).reinterpret(length);
    }

    // ---- descriptors

    static int userfaultfd(long flags) {
        return (int)
                checked(
                        "userfaultfd",
                        state -> (long) SYSCALL.invokeExact(state, USERFAULTFD, flags, 0L));
    }

    /** A file that has no name and lies in memory. */
    static int memoryFile(String name) {
        try (Arena arena = Arena.ofConfined()) {
            long text = arena.allocateFrom(name).address();
            return (int)
                    checked(
                            "memfd_create",
                            state ->
                                    (long)
                                            SYSCALL.invokeExact(
                                                    state, MEMFD_CREATE, text, CLOSE_ON_EXEC));
        }
    }

    static int ioctl(String name, int descriptor, long request, MemorySegment argument) {
        return (int)
                checked(
                        name,
                        state ->
                                (int)
                                        IOCTL.invokeExact(
                                                state, descriptor, request, argument.address()));
    }

    static int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            long name = arena.allocateFrom(path).address();
            return (int) checked(path, state -> (int) OPEN.invokeExact(state, name, flags));
        }
    }

    static int eventfd(int flags) {
        return (int) checked("eventfd", state -> (int) EVENTFD.invokeExact(state, 0, flags));
    }

    static void close(int descriptor) {
        checked("close", state -> (int) CLOSE.invokeExact(state, descriptor));
    }

    static long read(int descriptor, MemorySegment into) {
        return checked(
                "read",
                state ->
                        (long)
                                READ.invokeExact(
                                        state, descriptor, into.address(), into.byteSize()));
    }

    static void write(int descriptor, MemorySegment from) {
        checked(
                "write",
                state ->
                        (long)
                                WRITE.invokeExact(
                                        state, descriptor, from.address(), from.byteSize()));
    }

    /** Waits until one of some descriptors has something to read, or for no reason at all. */
    static void poll(MemorySegment descriptors, long count) {
        try {
            checked(
                    "poll",
                    state -> (int) POLL.invokeExact(state, descriptors.address(), count, -1));
        } catch (Refused e) {
            if (e.errno() != EINTR) {
                throw e;
            }
        }
    }

    static void truncate(int descriptor, long size) {
        checked("ftruncate", state -> (int) TRUNCATE.invokeExact(state, descriptor, size));
    }

    static void allocate(int descriptor, int mode, long offset, long length) {
        checked(
                "fallocate",
                state -> (int) ALLOCATE.invokeExact(state, descriptor, mode, offset, length));
    }

    // ---- memory

    static long map(int descriptor, long length, int protection, int flags) {
        return checked(
                "mmap",
                state ->
                        (long)
                                MAP.invokeExact(
                                        state, 0L, length, protection, flags, descriptor, 0L));
    }

    static void unmap(long address, long length) {
        checked("munmap", state -> (int) UNMAP.invokeExact(state, address, length));
    }

    static void advise(long address, long length, int advice) {
        checked("madvise", state -> (int) ADVISE.invokeExact(state, address, length, advice));
    }

    /** Stores bytes; the thread may be stopped in it for as long as a page is protected. */
    static void store(long to, MemorySegment from, long length) {
        try {
            long _ = (long) COPY.invokeExact(to, from.address(), length);
        } catch (Throwable e) {
            throw new IllegalStateException("memcpy threw", e);
        }
    }

    /** Stores one byte, likewise. */
    static void store(long to, byte value) {
        try {
            long _ = (long) FILL.invokeExact(to, (int) value, 1L);
        } catch (Throwable e) {
            throw new IllegalStateException("memset threw", e);
        }
    }
}
