package cairn.virtual.jdk;

import cairn.virtual.boot.Surroundings;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * The agent that puts code into virtual time; the JVM starts it before the program, by {@code
 * -javaagent} and the jar of this module.
 *
 * <p>Three things: what rewritten code calls is given to the bootstrap loader; java.lang is opened,
 * so that a virtual thread can be made with a scheduler of its own; and the classes of the JDK that
 * wait or measure time are rewritten, those of JGroups, and others that are named, as they are
 * loaded.
 */
public final class Agent {

    private static final String PREFIX = "cairn/virtual/boot/";

    /** The classes that the bootstrap loader is given. */
    private static final List<String> BOOT =
            List.of(
                    "Surroundings",
                    "Surroundings$World",
                    "Surroundings$Inside",
                    "Surroundings$ThreadPerTask",
                    "Monitors",
                    "Monitors$Monitor",
                    "Monitors$Waiter");

    private Agent() {}

    /**
     * Called by the JVM.
     *
     * @param more more code that is to run in virtual time than JGroups: beginnings of internal
     *     names, such as {@code cairn/cluster/}, with commas between
     */
    public static void premain(@Nullable String more, Instrumentation instrumentation)
            throws IOException, UnmodifiableClassException, ClassNotFoundException {
        instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(boot().toFile()));
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of("java.lang", Set.of(Agent.class.getModule())),
                Set.of(),
                Map.of());
        List<String> virtual = new ArrayList<>(List.of("org/jgroups/"));
        if (more != null) {
            virtual.addAll(List.of(more.split(",")));
        }
        instrumentation.addTransformer(new Rewriting(virtual), true);
        List<Class<?>> loaded = new ArrayList<>();
        for (String name : Rewriting.TIMED) {
            loaded.add(Class.forName(name.replace('/', '.')));
        }
        instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
    }

    /** Whether this JVM was started with the agent. */
    public static boolean isThere() {
        return Surroundings.class.getClassLoader() == null;
    }

    private static Path boot() throws IOException {
        Path jar = Files.createTempFile("cairn-virtual-boot", ".jar");
        jar.toFile().deleteOnExit();
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (String name : BOOT) {
                String entry = PREFIX + name + ".class";
                out.putNextEntry(new JarEntry(entry));
                try (InputStream bytes = ClassLoader.getSystemResourceAsStream(entry)) {
                    if (bytes == null) {
                        throw new IOException("the agent's jar lacks " + entry);
                    }
                    bytes.transferTo(out);
                }
            }
        }
        return jar;
    }
}
