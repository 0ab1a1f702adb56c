package cairn.virtual.jgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A run of a group is a function of its answers: down to each byte, in any JVM of this JDK. */
final class ReproducibilityTest {

    private static final int SEEDS = Integer.getInteger("cairn.virtual.seeds", 2);

    @Test
    void theSameSeedTakesTheSameCourseAndAnotherOneAnother() {
        for (long seed = 0; seed < SEEDS; seed++) {
            GroupResult first = Groups.run(Storm.of(seed), seed);
            assertEquals(first, Groups.run(Storm.of(seed), seed), "seed " + seed);
            assertNotEquals(first.digest(), Groups.run(Storm.of(seed), seed + 1).digest());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseParallelGC -XX:TieredStopAtLevel=1", "-XX:+UseG1GC -Xint"})
    void anotherJvmTakesTheSameCourse(String options) throws Exception {
        assertEquals("digest " + Groups.digest(SEEDS, false), otherJvm(options));
    }

    /** What a JVM with these options, and this one's agent, prints. */
    private static String otherJvm(String options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options.split(" ")));
        command.add("-Xshare:off");
        command.add("-Djdk.trackAllThreads=false");
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent:"))
                .forEach(command::add);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        Groups.class.getName(),
                        String.valueOf(SEEDS)));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
        return printed.strip();
    }
}
