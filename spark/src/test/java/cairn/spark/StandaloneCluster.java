package cairn.spark;

import cairn.experiment.Main;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * A real standalone cluster of Spark's on loopback, each part a process of its own, installed into
 * a folder from this JVM's class path: {@code jars} is what an installation of Spark has, and Cairn
 * is beside it, as the build leaves it.
 */
final class StandaloneCluster implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    private final Path home;
    private final List<Process> processes = new ArrayList<>();
    private final String url;

    StandaloneCluster(Path home) throws IOException {
        this.home = home;
        install();
        int port = freePort();
        this.url = "spark://" + HOST + ":" + port;
        Process master =
                start(
                        "master",
                        List.of(
                                "org.apache.spark.deploy.master.Master",
                                "--host",
                                HOST,
                                "--port",
                                String.valueOf(port),
                                "--webui-port",
                                "0"));
        while (!listens(port)) {
            if (!master.isAlive()) {
                throw new IllegalStateException(said("master"));
            }
        }
    }

    private static boolean listens(int port) {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void install() throws IOException {
        Path lib = Files.createDirectories(home.resolve("lib"));
        var spark = new ArrayList<String>();
        int packed = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path place = Path.of(entry).toAbsolutePath();
            String name = String.valueOf(place.getFileName());
            if (name.equals("classes")) {
                // What the build has not yet made a jar of, such as this module's own classes.
                boolean own = Files.exists(place.resolve("cairn/spark"));
                pack(place, home.resolve(own ? "cairn-spark.jar" : "lib/" + packed++ + ".jar"));
            } else if (name.startsWith("cairn")) {
                Files.copy(place, lib.resolve(name));
            } else if (name.endsWith(".jar")) {
                spark.add(place.toUri().toString());
            }
        }
        Path jars = Files.createDirectories(home.resolve("jars"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", spark));
        new JarOutputStream(Files.newOutputStream(jars.resolve("spark.jar")), manifest).close();
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    /** Adds a machine of one core. */
    Process worker(String name) throws IOException {
        return start(
                name,
                List.of(
                        "org.apache.spark.deploy.worker.Worker",
                        "--host",
                        HOST,
                        "--cores",
                        "1",
                        "--memory",
                        "512m",
                        "--webui-port",
                        "0",
                        "--work-dir",
                        home.resolve(name).toString(),
                        url));
    }

    /** Starts Cairn with some words. */
    Process cairn(String name, String... words) throws IOException {
        return start(
                name, Stream.concat(Stream.of(Main.class.getName()), Stream.of(words)).toList());
    }

    String url() {
        return url;
    }

    private Process start(String name, List<String> words) throws IOException {
        String separator = File.pathSeparator;
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx512m",
                                "-Djava.awt.headless=true",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                home.resolve("cairn-spark.jar")
                                        + separator
                                        + home.resolve("lib/*")
                                        + separator
                                        + home.resolve("jars/*")));
        command.addAll(words);
        var builder =
                new ProcessBuilder(command)
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve(name + ".log").toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_LOCAL_IP", HOST);
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** What a process has said. */
    String said(String name) throws IOException {
        return Files.readString(home.resolve(name + ".log"));
    }

    /** A machine is gone, with all that ran on it. */
    static void kill(Process process) {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }

    @Override
    public void close() {
        processes.forEach(StandaloneCluster::kill);
    }
}
