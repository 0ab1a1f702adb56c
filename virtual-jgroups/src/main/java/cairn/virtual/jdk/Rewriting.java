package cairn.virtual.jdk;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.reflect.AccessFlag;
import java.security.ProtectionDomain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites calls: of the clock in classes of the JDK that wait; of clock, dice, threads, monitors
 * and what is built on them in the code that is to run in virtual time; and identity hashes there,
 * which decide the order of hash tables. Nothing else of a class changes.
 */
final class Rewriting implements ClassFileTransformer {

    /**
     * The classes of the JDK that read the clock to wait for something, by their internal names.
     * Others that read it do not run inside a world: they measure, or keep real threads.
     */
    static final List<String> TIMED =
            List.of(
                    "java/lang/VirtualThread",
                    "java/util/concurrent/AbstractExecutorService",
                    "java/util/concurrent/CompletableFuture",
                    "java/util/concurrent/CompletableFuture$Signaller",
                    "java/util/concurrent/Exchanger",
                    "java/util/concurrent/ForkJoinPool",
                    "java/util/concurrent/ForkJoinTask",
                    "java/util/concurrent/FutureTask",
                    "java/util/concurrent/LinkedTransferQueue$DualNode",
                    "java/util/concurrent/Phaser$QNode",
                    "java/util/concurrent/ScheduledThreadPoolExecutor",
                    "java/util/concurrent/ScheduledThreadPoolExecutor$ScheduledFutureTask",
                    "java/util/concurrent/SubmissionPublisher$BufferedSubscription",
                    "java/util/concurrent/ThreadPerTaskExecutor",
                    "java/util/concurrent/locks/AbstractQueuedLongSynchronizer",
                    "java/util/concurrent/locks/AbstractQueuedLongSynchronizer$ConditionObject",
                    "java/util/concurrent/locks/AbstractQueuedSynchronizer",
                    "java/util/concurrent/locks/AbstractQueuedSynchronizer$ConditionObject",
                    "java/util/concurrent/locks/LockSupport",
                    "java/util/concurrent/locks/StampedLock");

    private static final ClassDesc SURROUNDINGS = ClassDesc.of("cairn.virtual.boot.Surroundings");
    private static final ClassDesc MONITORS = ClassDesc.of("cairn.virtual.boot.Monitors");
    private static final ClassDesc RANDOM = ClassDesc.of("java.util.Random");
    private static final MethodTypeDesc ON_OBJECT = MethodTypeDesc.of(CD_void, CD_Object);
    private static final String THREAD_LOCAL_RANDOM = "java/util/concurrent/ThreadLocalRandom";

    /** How the names of the code begin that runs in virtual time. */
    private final List<String> virtual;

    /** Types are looked up by reading files: loading them would load what is being rewritten. */
    private final ClassFile classes =
            ClassFile.of(
                    ClassFile.ClassHierarchyResolverOption.of(
                            ClassHierarchyResolver.ofResourceParsing(
                                            ClassLoader.getSystemClassLoader())
                                    .cached()));

    /** A static method that is called in place of another. */
    private record Target(ClassDesc owner, String name, MethodTypeDesc type) {}

    private static final Map<String, Target> CLOCK = new HashMap<>();
    private static final Map<String, Target> ALL = new HashMap<>();

    static {
        clock("nanoTime");
        clock("currentTimeMillis");
        ALL.putAll(CLOCK);
        ClassDesc future = ClassDesc.of("java.util.concurrent.CompletableFuture");
        ClassDesc unit = ClassDesc.of("java.util.concurrent.TimeUnit");
        ClassDesc runnable = ClassDesc.of("java.lang.Runnable");
        ClassDesc supplier = ClassDesc.of("java.util.function.Supplier");
        ClassDesc thread = ClassDesc.of("java.lang.Thread");
        ClassDesc pool = ClassDesc.of("java.util.concurrent.ForkJoinPool");
        ClassDesc list = ClassDesc.of("java.util.List");
        ClassDesc uuid = ClassDesc.of("java.util.UUID");
        of("java/lang/Math", "random", "uniform", MethodTypeDesc.of(CD_double));
        of("java/util/Collections", "shuffle", "shuffle", MethodTypeDesc.of(CD_void, list));
        of("java/util/UUID", "randomUUID", "randomUuid", MethodTypeDesc.of(uuid));
        of(
                "org/jgroups/util/ThreadCreator",
                "createThread",
                "thread",
                MethodTypeDesc.of(thread, runnable, CD_String, CD_boolean, CD_boolean));
        of(
                "java/util/concurrent/ForkJoinPool",
                "commonPool",
                "commonPool",
                MethodTypeDesc.of(pool));
        of(
                "java/util/concurrent/CompletableFuture",
                "supplyAsync",
                "supplyAsync",
                MethodTypeDesc.of(future, supplier));
        of(
                "java/util/concurrent/CompletableFuture",
                "runAsync",
                "runAsync",
                MethodTypeDesc.of(future, runnable));
        ALL.put(
                THREAD_LOCAL_RANDOM + ".current()L" + THREAD_LOCAL_RANDOM + ";",
                new Target(SURROUNDINGS, "random", MethodTypeDesc.of(RANDOM)));
        on(
                "java/util/concurrent/CompletableFuture",
                "orTimeout",
                new Target(
                        SURROUNDINGS,
                        "orTimeout",
                        MethodTypeDesc.of(future, future, CD_long, unit)));
        on(
                "java/lang/Thread",
                "start",
                new Target(SURROUNDINGS, "start", MethodTypeDesc.of(CD_void, thread)));
        on(
                "java/lang/Thread$Builder$OfPlatform",
                "factory",
                new Target(
                        SURROUNDINGS,
                        "factory",
                        MethodTypeDesc.of(
                                ClassDesc.of("java.util.concurrent.ThreadFactory"),
                                ClassDesc.of("java.lang.Thread$Builder$OfPlatform"))));
        String object = "java/lang/Object";
        on(object, "wait", new Target(MONITORS, "await", ON_OBJECT));
        on(
                object,
                "wait",
                new Target(MONITORS, "await", MethodTypeDesc.of(CD_void, CD_Object, CD_long)));
        on(
                object,
                "wait",
                new Target(
                        MONITORS, "await", MethodTypeDesc.of(CD_void, CD_Object, CD_long, CD_int)));
        on(object, "notify", new Target(MONITORS, "signal", ON_OBJECT));
        on(object, "notifyAll", new Target(MONITORS, "signalAll", ON_OBJECT));
    }

    Rewriting(List<String> virtual) {
        this.virtual = List.copyOf(virtual);
    }

    private static void clock(String name) {
        MethodTypeDesc type = MethodTypeDesc.of(CD_long);
        CLOCK.put(
                key("java/lang/System", name, type.descriptorString()),
                new Target(SURROUNDINGS, name, type));
    }

    /** A static method by another of the same type. */
    private static void of(String owner, String name, String instead, MethodTypeDesc type) {
        ALL.put(key(owner, name, type.descriptorString()), new Target(SURROUNDINGS, instead, type));
    }

    /** A method of an object by a static one that takes the object first. */
    private static void on(String owner, String name, Target target) {
        MethodTypeDesc type = target.type.dropParameterTypes(0, 1);
        ALL.put(key(owner, name, type.descriptorString()), target);
    }

    private static String key(String owner, String name, String type) {
        return owner + "." + name + type;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (name == null) {
            return null;
        }
        boolean all = virtual.stream().anyMatch(name::startsWith);
        if (!all && !(loader == null && TIMED.contains(name))) {
            return null;
        }
        ClassModel model = classes.parse(bytes);
        ClassTransform transform =
                all ? all(model) : ClassTransform.transformingMethodBodies(calls(false));
        return classes.transformClass(model, transform);
    }

    private static ClassTransform all(ClassModel model) {
        ClassDesc type = model.thisClass().asSymbol();
        ClassTransform methods =
                (builder, element) -> {
                    if (element instanceof MethodModel method && method.code().isPresent()) {
                        boolean locks = method.flags().has(AccessFlag.SYNCHRONIZED);
                        builder.transformMethod(
                                method,
                                (to, part) -> rewrite(to, part, method, locks ? type : null));
                    } else {
                        builder.with(element);
                    }
                };
        return hasIdentityHash(model)
                ? methods.andThen(ClassTransform.endHandler(builder -> hash(builder, type)))
                : methods;
    }

    /** Whether objects of a class are hashed by their identity, which is the JVM's own dice. */
    private static boolean hasIdentityHash(ClassModel model) {
        return !model.flags().has(AccessFlag.INTERFACE)
                && model.superclass()
                        .filter(parent -> parent.asInternalName().equals("java/lang/Object"))
                        .isPresent()
                && model.methods().stream()
                        .noneMatch(method -> method.methodName().equalsString("hashCode"));
    }

    /**
     * Hashes all objects of a class alike: what is kept in a hash table is then in the order in
     * which it came.
     */
    private static void hash(ClassBuilder builder, ClassDesc type) {
        int constant = type.descriptorString().hashCode();
        builder.withMethodBody(
                "hashCode",
                MethodTypeDesc.of(CD_int),
                ClassFile.ACC_PUBLIC,
                code -> code.loadConstant(constant).ireturn());
    }

    private static void rewrite(
            java.lang.classfile.MethodBuilder to,
            MethodElement part,
            MethodModel method,
            @Nullable ClassDesc locked) {
        switch (part) {
            case CodeModel code when locked == null -> to.transformCode(code, calls(true));
            case CodeModel code ->
                    to.transformCode(
                            code,
                            CodeTransform.ofStateful(() -> new Synchronised(method, locked))
                                    .andThen(calls(true)));
            case AccessFlags flags when locked != null ->
                    to.withFlags(flags.flagsMask() & ~ClassFile.ACC_SYNCHRONIZED);
            default -> to.with(part);
        }
    }

    /** Other calls, of the clock alone or of everything. */
    private static CodeTransform calls(boolean everything) {
        return (builder, element) -> {
            switch (element) {
                case InvokeInstruction call -> call(builder, call, everything);
                case MonitorInstruction monitor when everything ->
                        builder.invokestatic(
                                MONITORS,
                                monitor.opcode() == Opcode.MONITORENTER ? "enter" : "exit",
                                ON_OBJECT);
                default -> builder.with(element);
            }
        };
    }

    private static void call(CodeBuilder builder, InvokeInstruction call, boolean everything) {
        String owner = call.owner().asInternalName();
        Target target =
                (everything ? ALL : CLOCK)
                        .get(key(owner, call.name().stringValue(), call.type().stringValue()));
        if (target != null && call.opcode() != Opcode.INVOKESPECIAL) {
            builder.invokestatic(target.owner, target.name, target.type);
        } else if (everything && owner.equals(THREAD_LOCAL_RANDOM)) {
            builder.invokevirtual(RANDOM, call.name().stringValue(), call.typeSymbol());
        } else {
            builder.with(call);
        }
    }

    /** The body of a synchronized method, inside what its flag stood for. */
    private static final class Synchronised implements CodeTransform {

        private final boolean isStatic;
        private final ClassDesc type;
        private @Nullable Label begin;

        Synchronised(MethodModel method, ClassDesc type) {
            this.isStatic = method.flags().has(AccessFlag.STATIC);
            this.type = type;
        }

        private void call(CodeBuilder builder, String name) {
            if (isStatic) {
                builder.loadConstant(type);
            } else {
                builder.aload(0);
            }
            builder.invokestatic(MONITORS, name, ON_OBJECT);
        }

        @Override
        public void atStart(CodeBuilder builder) {
            call(builder, "enter");
            begin = builder.newBoundLabel();
        }

        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
            if (element instanceof ReturnInstruction) {
                call(builder, "exit");
            }
            builder.with(element);
        }

        @Override
        public void atEnd(CodeBuilder builder) {
            Label end = builder.newBoundLabel();
            if (begin != null) {
                builder.exceptionCatchAll(begin, end, end);
            }
            call(builder, "exit");
            builder.athrow();
        }
    }
}
