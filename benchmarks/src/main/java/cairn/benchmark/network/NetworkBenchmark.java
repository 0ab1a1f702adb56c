package cairn.benchmark.network;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * Messages a second: 100 hosts, 64 bytes, loss and jitter asked of seeded choices, ports and
 * ordered links, cuts checked, trace hash kept.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 2, time = 1000, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 800, timeUnit = TimeUnit.MILLISECONDS)
public class NetworkBenchmark {
    private static final int HOSTS = 100;
    private static final int IN_FLIGHT_PER_HOST = 16;
    private static final int MESSAGES = 100_000;

    /** Who sends to whom. */
    public enum Pattern {
        /** All to the host in the centre, and back. */
        HUB,
        /** Each to all others in turn. */
        ALL_TO_ALL
    }

    /** Which way messages take. */
    @Param public Pattern pattern = Pattern.HUB;

    /** How long they take. */
    @Param public Jitter jitter = Jitter.EXPONENTIAL;

    /** Whether they queue at the receiver's port also. */
    @Param({"false", "true"})
    public boolean receiverQueues;

    private Star star = new Star(2, 1, true, Jitter.CONSTANT, false);

    /** Sends the first messages. */
    @Setup(Level.Trial)
    public void begin() {
        star = new Star(HOSTS, IN_FLIGHT_PER_HOST, pattern == Pattern.HUB, jitter, receiverQueues);
    }

    /** Delivers a batch of messages; answers the trace hash. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long messages() {
        return star.run(MESSAGES);
    }
}
