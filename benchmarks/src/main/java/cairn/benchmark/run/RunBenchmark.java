package cairn.benchmark.run;

import cairn.simulator.RunResult;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * One long run after the other on one core; the counter {@code events} is in kernel events a
 * second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseSerialGC", "-Xmx4g"})
@Warmup(iterations = 4, time = 5)
@Measurement(iterations = 5, time = 5)
public class RunBenchmark {

    private static final long REQUESTS = 20_000;

    private final BankOnRdma bank = new BankOnRdma(REQUESTS);
    private long seed;

    /** Kernel events, counted for a rate. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Count {
        public long events;

        @Setup(Level.Iteration)
        public void reset() {
            events = 0;
        }
    }

    @Benchmark
    public RunResult judged(Count count) {
        RunResult result = bank.run(++seed);
        count.events += result.events();
        return result;
    }

    @Benchmark
    public RunResult judgedAndRecorded(Count count) {
        RunResult result = bank.runRecorded(++seed);
        count.events += result.events();
        return result;
    }
}
