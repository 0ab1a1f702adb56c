package cairn.virtual.jdk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A jar that names the agent and nothing else, for a JVM whose class path has this module: so it
 * does not matter whether the module is a jar or a folder of classes.
 */
public final class AgentJar {

    private AgentJar() {}

    /**
     * The options of a JVM in which code runs in virtual time.
     *
     * @param more more code than JGroups: beginnings of internal names, with commas between
     */
    public static List<String> options(String more) throws IOException {
        return List.of(
                "-javaagent:" + write() + "=" + more, "-Djdk.trackAllThreads=false", "-Xshare:off");
    }

    private static Path write() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Premain-Class", Agent.class.getName());
        main.putValue("Can-Retransform-Classes", "true");
        Path jar = Files.createTempFile("cairn-agent", ".jar");
        jar.toFile().deleteOnExit();
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, manifest).close();
        }
        return jar;
    }
}
