package cairn.cluster.network;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Commands of the system that are short, and must succeed. */
public final class Commands {

    private Commands() {}

    /** Runs one; its standard input are these lines. Returns what it printed. */
    static String run(List<String> words, List<String> lines) throws IOException {
        Process process = new ProcessBuilder(words).start();
        try (Writer input = process.outputWriter(StandardCharsets.UTF_8)) {
            for (String line : lines) {
                input.write(line + "\n");
            }
        } catch (IOException e) {
            // It ended before it had read all: its complaint says why.
            throw new IOException(String.join(" ", words) + ": " + complaint(process), e);
        }
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String complaint = complaint(process);
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", words) + ": " + complaint);
        }
        return printed;
    }

    /** What a process said that was wrong, in one line, when it has ended. */
    public static String complaint(Process process) throws IOException {
        String said =
                new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
                        .strip()
                        .replaceAll("\\s*\n\\s*", "; ");
        try {
            int code = process.waitFor();
            return said.isEmpty() ? "code " + code : said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
