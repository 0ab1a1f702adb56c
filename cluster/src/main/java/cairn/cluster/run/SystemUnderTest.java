package cairn.cluster.run;

import cairn.cluster.control.Holdings;
import cairn.model.fault.Fault;
import cairn.model.service.Operation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A service on real processes, as a test harness drives it: sessions ask, faults strike and are
 * healed, in real time and from any thread.
 */
public interface SystemUnderTest extends AutoCloseable {

    /** The roles of the places, in order; faults name a place by its index. */
    List<String> roles();

    /**
     * Starts all processes; returns when their nodes begin.
     *
     * @throws LiveFailure if they cannot be started
     */
    void start();

    /** Nanoseconds since the nodes began. */
    long now();

    /**
     * Opens the session of a client.
     *
     * @param client from zero, below the clients of the scenario; each once
     */
    Session open(int client);

    /**
     * Inflicts a fault; returns when it has struck, or false if the scenario does not admit it.
     *
     * @throws IllegalArgumentException if it cannot be inflicted on real processes
     */
    boolean inflict(Fault fault);

    /**
     * Heals what was inflicted, if it still is; a process that was killed then starts, which takes
     * its time.
     */
    void heal(Fault fault);

    /** Heals all that was inflicted and still is. */
    void healAll();

    /** Waits until every node runs again. */
    void awaitAllUp();

    /**
     * What each place's process holds of its machine; for when all are up.
     *
     * @throws LiveFailure if one does not say
     */
    List<Holdings> holdings();

    /** Why it cannot go on, for a reason that says nothing of the protocol; empty while it can. */
    Optional<String> failure();

    /** Stops all nodes and judges what was observed; called once, when all is healed. */
    LiveResult conclude();

    /** Ends all processes. */
    @Override
    void close();

    /** What a client does, one thing at a time. */
    interface Session {

        /**
         * Asks the service, one server after another, until there is an answer.
         *
         * @param patience how long to wait for it
         * @return the result; empty if there was none in time, so that the operation may have been
         *     executed or may still be
         */
        OptionalLong invoke(Operation operation, Duration patience);
    }
}
