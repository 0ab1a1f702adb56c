package cairn.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.thetaphi.forbiddenapis.cli.CliMain;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.tools.ToolProvider;

/** The list of calls that deterministic modules may not make refuses each of these, and no more. */
final class ForbiddenCallsTest {

    private static final List<String> VARY =
            List.of(
                    // Clocks.
                    "System.nanoTime()",
                    "System.currentTimeMillis()",
                    "(LongSupplier) System::nanoTime",
                    "Instant.now()",
                    "Clock.systemUTC()",
                    "LocalDate.now(ZoneOffset.UTC)",
                    "new Date()",
                    // Random generators.
                    "new Random(1).nextInt()",
                    "Math.random()",
                    "new SplittableRandom(1)",
                    "ThreadLocalRandom.current()",
                    "RandomGenerator.getDefault()",
                    "new SecureRandom()",
                    "UUID.randomUUID()",
                    // Threads and what they share.
                    "new Thread(() -> {})",
                    "Thread.currentThread()",
                    "Thread.ofVirtual()",
                    "ThreadLocal.withInitial(() -> 1)",
                    "Executors.newCachedThreadPool()",
                    "CompletableFuture.supplyAsync(() -> 1)",
                    "new AtomicLong()",
                    "List.of(1).parallelStream()",
                    "Stream.of(1).parallel()",
                    "IntStream.of(1).parallel()",
                    "new Timer()",
                    // Hash order.
                    "new HashMap<Integer, Integer>()",
                    "(Supplier<Map<Integer, Integer>>) HashMap::new",
                    "HashMap.newHashMap(3)",
                    "new HashSet<>(List.of(1))",
                    "new IdentityHashMap<>()",
                    "new WeakHashMap<>()",
                    "new Hashtable<>()",
                    "new ConcurrentHashMap<>()",
                    "Set.of(1, 2)",
                    "Set.copyOf(List.of(1, 2))",
                    "Map.of(1, 2, 3, 4)",
                    "Map.ofEntries(Map.entry(1, 2))",
                    "Map.copyOf(new TreeMap<Integer, Integer>())",
                    "Stream.of(1).collect(Collectors.toSet())",
                    "Stream.of(1).collect(Collectors.toMap(x -> x, x -> x))",
                    "Stream.of(1).collect(Collectors.groupingBy(x -> x))",
                    "Stream.of(1).collect(Collectors.groupingBy(x -> x, Collectors.counting()))",
                    "System.identityHashCode(this)",
                    "DayOfWeek.MONDAY.hashCode()",
                    "new WeakReference<>(this)",
                    // Input and output.
                    "System.out",
                    "System.err",
                    "System.in",
                    "new File(\"x\")",
                    "new FileInputStream(\"x\")",
                    "new RandomAccessFile(\"x\", \"r\")",
                    "Path.of(\"x\")",
                    "Files.exists(null)",
                    "new Socket()",
                    "URI.create(\"x\")",
                    "FileChannel.open(null)",
                    "new ProcessBuilder()",
                    "getClass().getResource(\"x\")",
                    // The surroundings.
                    "Runtime.getRuntime()",
                    "System.getenv(\"x\")",
                    "System.getProperty(\"x\")",
                    "\"x\".getBytes()",
                    "\"x\".toUpperCase()",
                    "String.format(\"%d\", 1)",
                    "\"%d\".formatted(1)",
                    // Mathematics whose last bit is the machine's.
                    "Math.sin(1)",
                    "Math.cos(1)",
                    "Math.tan(1)",
                    "Math.log(1)",
                    "Math.log1p(1)",
                    "Math.exp(1)",
                    "Math.pow(1, 2)",
                    "Math.cbrt(1)",
                    "Math.hypot(1, 2)");

    private static final List<String> DO_NOT_VARY =
            List.of(
                    "new TreeMap<Integer, Integer>()",
                    "new LinkedHashMap<Integer, Integer>()",
                    "new LinkedHashSet<>(List.of(1))",
                    "EnumSet.of(DayOfWeek.MONDAY)",
                    "new BitSet()",
                    "new ArrayDeque<>(List.of(1))",
                    "List.of(1).reversed()",
                    "Collections.emptySet()",
                    "Stream.of(1).collect(Collectors.toMap(x -> x, x -> x, (x, y) -> x,"
                            + " TreeMap::new))",
                    "Stream.of(1).collect(Collectors.groupingBy(x -> x, TreeMap::new,"
                            + " Collectors.toList()))",
                    "\"x\".hashCode()",
                    "Arrays.hashCode(new long[1])",
                    "Instant.ofEpochMilli(1)",
                    "Duration.ofNanos(1)",
                    "StrictMath.log(2)",
                    "Math.sqrt(2)",
                    "String.format(Locale.ROOT, \"%d\", 1)",
                    "\"x\".getBytes(StandardCharsets.UTF_8)",
                    "ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN)");

    @TempDir private Path folder = Path.of("unset");

    @Test
    void callsThatVaryAreRefusedAndOthersAreNot() throws Exception {
        var calls = new ArrayList<>(VARY);
        calls.addAll(DO_NOT_VARY);
        compile(calls);

        var refused = new TreeSet<Integer>();
        var places = Pattern.compile("\\(Sample\\.java:(\\d+)\\)").matcher(check());
        while (places.find()) {
            refused.add(Integer.parseInt(places.group(1)));
        }

        // The first call stands in line 1.
        var passed = VARY.stream().filter(call -> !refused.contains(VARY.indexOf(call) + 1));
        assertEquals(List.of(), passed.toList(), "these vary and must be refused");
        assertEquals(
                List.of(),
                refused.stream()
                        .filter(line -> line > VARY.size())
                        .map(line -> calls.get(line - 1))
                        .toList(),
                "these do not vary");
    }

    /** Compiles a class with one call a line. */
    private void compile(List<String> calls) throws IOException {
        var imports =
                List.of(
                        "java.io",
                        "java.lang.ref",
                        "java.net",
                        "java.nio",
                        "java.nio.channels",
                        "java.nio.charset",
                        "java.nio.file",
                        "java.security",
                        "java.time",
                        "java.util",
                        "java.util.concurrent",
                        "java.util.concurrent.atomic",
                        "java.util.function",
                        "java.util.random",
                        "java.util.stream");
        var head =
                imports.stream()
                                .map(name -> "import " + name + ".*; ")
                                .collect(Collectors.joining())
                        + "final class Sample {";
        var body = new StringBuilder(head);
        for (var i = 0; i < calls.size(); i++) {
            body.append(" Object m")
                    .append(i)
                    .append("() throws Exception { return ")
                    .append(calls.get(i))
                    .append("; }\n");
        }
        var source = folder.resolve("Sample.java");
        Files.writeString(source, body.append("}\n"));
        var status =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-nowarn",
                                "-proc:none",
                                "-d",
                                folder.toString(),
                                source.toString());
        assertEquals(0, status);
    }

    /** What the build's check says of the class, called as the build calls it. */
    private String check() throws IOException, InterruptedException, URISyntaxException {
        var jar =
                Path.of(CliMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-jar",
                                jar.toString(),
                                "--dir",
                                folder.toString(),
                                "--bundledsignatures",
                                "jdk-unsafe-25",
                                "--signaturesfile",
                                "../build/forbidden/deterministic.txt")
                        .redirectErrorStream(true)
                        .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor(), said);
        assertTrue(said.contains("Forbidden"), said);
        return said;
    }
}
