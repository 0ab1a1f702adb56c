package cairn.protocol;

import cairn.simulator.Scenario;

import java.util.function.LongFunction;

/**
 * Runs of a correct protocol in which settings, workload and faults are drawn from a seed, all
 * within what it promises: none may violate a property, and each must come to its end.
 *
 * @param protocol the protocol's name
 * @param drawn the scenario of a seed
 */
public record SoundRuns(String protocol, LongFunction<Scenario<?>> drawn) {

    @Override
    public String toString() {
        return protocol;
    }
}
