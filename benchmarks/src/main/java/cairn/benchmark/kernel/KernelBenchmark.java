package cairn.benchmark.kernel;

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

/** Events a second of the kernel and of the baseline, for each kind of traffic. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
@Warmup(iterations = 2, time = 1000, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 800, timeUnit = TimeUnit.MILLISECONDS)
public class KernelBenchmark {
    private static final int EVENTS = 200_000;

    /** Which simulation is measured. */
    public enum Contender {
        KERNEL,
        PRIORITY_QUEUE;

        Simulation simulation(int processes) {
            return switch (this) {
                case KERNEL -> new KernelSimulation(processes);
                case PRIORITY_QUEUE -> new PriorityQueueSimulation(processes);
            };
        }
    }

    /** When messages arrive. */
    @Param public Traffic traffic = Traffic.EXPONENTIAL;

    /** How many processes; 16 times as many messages are in flight. */
    @Param({"1024", "65536"})
    public int processes;

    /** The last parameter by name, which is how they are ordered, so that the two take turns. */
    @Param public Contender via = Contender.KERNEL;

    private Hold hold = new Hold(new KernelSimulation(1), Traffic.CONSTANT, 1);

    /** Sends the first messages. */
    @Setup(Level.Trial)
    public void begin() {
        hold = new Hold(via.simulation(processes), traffic, processes);
    }

    /** Dispatches a batch of events; answers the checksum over the order of all so far. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long events() {
        return hold.run(EVENTS);
    }
}
