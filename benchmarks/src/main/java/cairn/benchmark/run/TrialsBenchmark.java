package cairn.benchmark.run;

import cairn.simulator.RunResult;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Complete trials of about 20,000 kernel events, set-up and verdicts included, on one core and on
 * two.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseParallelGC", "-Xmx4g"})
@Warmup(iterations = 4, time = 4)
@Measurement(iterations = 5, time = 4)
public class TrialsBenchmark {

    private static final long REQUESTS = 850;

    private final BankOnRdma bank = new BankOnRdma(REQUESTS);
    private final AtomicLong seed = new AtomicLong();

    @Benchmark
    @Threads(1)
    public RunResult onOneCore() {
        return bank.run(seed.incrementAndGet());
    }

    @Benchmark
    @Threads(2)
    public RunResult onTwoCores() {
        return bank.run(seed.incrementAndGet());
    }
}
